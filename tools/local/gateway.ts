import path from 'node:path'
import { projectDir } from '../project.ts'
import type { Part } from '../supervisor/index.ts'
import { gatewaySettings, gatewayUrl } from './gateway-settings.ts'
import type { Secrets } from './kept.ts'
import { answers } from './storage.ts'

/** The local payment gateway as a part to supervise: somebody plays the bank on its page. */
export function gatewayPart(options: {
  home: string
  port: number
  secrets: Secrets
  /** The front door, through which its webhooks come as the real one's come through the load balancer. */
  publicUrl: string
}): Part {
  const { home, port, secrets, publicUrl } = options
  return {
    name: 'gateway',
    args: [path.join(projectDir, 'tools', 'gateway', 'main.ts')],
    env: {
      ...process.env,
      ...gatewaySettings(port, secrets),
      GATEWAY_PORT: String(port),
      GATEWAY_FILE: path.join(home, 'gateway.json'),
      GATEWAY_WEBHOOK_URL: `${publicUrl}/api/v1/payments/webhook`,
    },
    isReady: () => answers(`${gatewayUrl(port)}/health`),
  }
}

import type { Secrets } from './kept.ts'

export function gatewayUrl(port: number): string {
  return `http://127.0.0.1:${port}`
}

/** What the server is told of it; real keys take their place by these very names. */
export function gatewaySettings(port: number, secrets: Secrets): NodeJS.ProcessEnv {
  return {
    GATEWAY_URL: `${gatewayUrl(port)}/v1`,
    GATEWAY_KEY_ID: secrets.gatewayKeyId,
    GATEWAY_KEY_SECRET: secrets.gatewayKeySecret,
    GATEWAY_WEBHOOK_SECRET: secrets.gatewayWebhookSecret,
  }
}

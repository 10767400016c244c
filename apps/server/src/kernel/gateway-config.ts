/** How the payment gateway is reached and what proves us to it, and it to us. */
export interface GatewayConfig {
  /** With the version: `https://api.razorpay.com/v1`. */
  readonly url: string
  /** What browsers are sent to, where that differs from what this process reaches. */
  readonly browserUrl: string | undefined
  readonly keyId: string
  readonly keySecret: string
  /** Signs webhooks; never the same as the key's secret. */
  readonly webhookSecret: string
}

const secretNames = ['GATEWAY_KEY_ID', 'GATEWAY_KEY_SECRET', 'GATEWAY_WEBHOOK_SECRET'] as const
const realUrl = 'https://api.razorpay.com/v1'

/** All three secrets or none: half a gateway would take money it cannot account for. */
export function gatewayOf(
  env: Record<string, string | undefined>,
  mode: string,
  problems: string[],
): GatewayConfig | undefined {
  const missing = secretNames.filter(name => !env[name])
  if (missing.length === secretNames.length) return undefined
  for (const name of missing)
    problems.push(`${name} is missing, and the gateway needs all its keys`)
  const url = env['GATEWAY_URL'] || realUrl
  const browserUrl = env['GATEWAY_BROWSER_URL'] || undefined
  for (const [name, value] of Object.entries({
    GATEWAY_URL: url,
    GATEWAY_BROWSER_URL: browserUrl,
  })) {
    if (value !== undefined && !isAllowed(value, mode)) {
      problems.push(`${name} must be an address without a slash at its end, https in production`)
    }
  }
  const [keyId = '', keySecret = '', webhookSecret = ''] = secretNames.map(name => env[name])
  if (keySecret !== '' && keySecret === webhookSecret) {
    problems.push('GATEWAY_WEBHOOK_SECRET must differ from GATEWAY_KEY_SECRET')
  }
  return { url, browserUrl, keyId, keySecret, webhookSecret }
}

function isAllowed(value: string, mode: string): boolean {
  if (!URL.canParse(value) || value.endsWith('/')) return false
  const { protocol } = new URL(value)
  return protocol === 'https:' || (protocol === 'http:' && mode !== 'production')
}

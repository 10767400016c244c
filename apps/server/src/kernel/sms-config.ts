import { smsTemplateNames } from '@janta/contracts'

/** How text messages leave: an account at a provider, and the templates registered for it (TRAI TCCCPR 2018, DLT). */
export interface SmsConfig {
  readonly url: string
  readonly key: string
  /** The six letters a phone shows as the sender. */
  readonly header: string
  /** The registered template's id, by each of `smsTemplateNames`. */
  readonly templateIds: Readonly<Record<string, string>>
}

const names = ['SMS_URL', 'SMS_KEY', 'SMS_HEADER', 'SMS_TEMPLATE_IDS'] as const

/** All four settings or none: a message without its registered template is dropped by the operators in silence. */
export function smsOf(
  env: Record<string, string | undefined>,
  mode: string,
  problems: string[],
): SmsConfig | undefined {
  const missing = names.filter(name => !env[name])
  if (missing.length === names.length) return undefined
  for (const name of missing) problems.push(`${name} is missing, and sending SMS needs all of it`)
  const [url = '', key = '', header = '', written = '{}'] = names.map(name => env[name])
  const isSafe = URL.canParse(url) && (mode !== 'production' || url.startsWith('https://'))
  if (url && !isSafe) problems.push('SMS_URL must be an address, https in production')
  if (header && !/^[A-Z]{6}$/.test(header)) problems.push('SMS_HEADER must be six capital letters')
  const templateIds = readIds(written)
  if (!templateIds) {
    problems.push('SMS_TEMPLATE_IDS must be a JSON object of template ids of 10 to 25 digits')
  } else if (env['SMS_TEMPLATE_IDS']) {
    const lacking = smsTemplateNames.filter(name => !templateIds[name])
    if (lacking.length > 0) problems.push(`SMS_TEMPLATE_IDS has no ${lacking.join(', ')}`)
  }
  return { url, key, header, templateIds: templateIds ?? {} }
}

function readIds(written: string): Record<string, string> | undefined {
  try {
    const read: unknown = JSON.parse(written)
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return undefined
    const isRight = Object.values(read).every(
      id => typeof id === 'string' && /^[0-9]{10,25}$/.test(id),
    )
    return isRight ? (read as Record<string, string>) : undefined
  } catch {
    return undefined
  }
}

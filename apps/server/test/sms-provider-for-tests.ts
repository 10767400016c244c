import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { noticeOccasions, smsTemplateNames } from '@janta/contracts'
import { registeredSignInText } from '../src/modules/identity/sign-in-text.ts'
import { registeredText } from '../src/modules/notices/notice-words.ts'

const key = 'the key of the tests'
const header = 'JANTAP'

/** The templates as they would be registered: an id for each text. */
export const templateIds: Readonly<Record<string, string>> = Object.fromEntries(
  smsTemplateNames.map((name, at) => [name, `11071000000000${String(at).padStart(2, '0')}`]),
)

export interface SmsProvider {
  readonly env: Record<string, string>
  /** What reached a phone, in order. */
  readonly delivered: { to: string; text: string; reference: string }[]
  /** How the next requests end instead: `away` after it was sent all the same, as when an answer is lost. */
  readonly trouble: ('away' | 'lost' | 'refused')[]
  close(): Promise<void>
}

/** As strict as the operators: our key, our six letters, a registered template, a text that is that template's, once. */
export async function smsProvider(): Promise<SmsProvider> {
  const delivered: SmsProvider['delivered'] = []
  const trouble: SmsProvider['trouble'] = []
  const known = new Map<string, string>()
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const answer = (status: number, body: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      const next = trouble.shift()
      if (next === 'away') return answer(503, {})
      if (next === 'refused') return answer(400, { code: 'DND_BLOCKED' })
      if (request.headers.authorization !== `Bearer ${key}`) return answer(401, { code: 'KEY' })
      const asked = JSON.parse(Buffer.concat(parts).toString()) as Record<string, string>
      const code = faultOf(asked)
      if (code) return answer(400, { code })
      const { to = '', text = '', reference = '' } = asked
      if (!known.has(reference)) {
        known.set(reference, `m-${known.size + 1}`)
        delivered.push({ to, text, reference })
      }
      if (next === 'lost') return answer(504, {})
      return answer(200, { id: known.get(reference) })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    delivered,
    trouble,
    env: {
      SMS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`,
      SMS_KEY: key,
      SMS_HEADER: header,
      SMS_TEMPLATE_IDS: JSON.stringify(templateIds),
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function faultOf(asked: Record<string, string>): string | undefined {
  if (!/^\+91[6-9][0-9]{9}$/.test(asked['to'] ?? '')) return 'NUMBER'
  if (asked['header'] !== header) return 'HEADER'
  if (!asked['reference']) return 'REFERENCE'
  const [name] = Object.entries(templateIds).find(([, id]) => id === asked['templateId']) ?? []
  if (!name) return 'TEMPLATE'
  const [what, written] = name.split('.')
  const language = written === 'hi' ? 'hi' : 'en'
  const occasion = noticeOccasions.find(one => one === what)
  const registered = occasion ? registeredText(occasion, language) : registeredSignInText(language)
  const pieces = registered.split('{#var#}')
  const pattern = pieces.map(one => RegExp.escape(one)).join('.{1,60}')
  return new RegExp(`^${pattern}$`).test(asked['text'] ?? '') ? undefined : 'TEXT'
}

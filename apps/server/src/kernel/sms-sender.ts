import { outbound } from '#kernel/scope'
import type { SmsConfig } from '#kernel/sms-config'

export interface Sms {
  /** E.164, an Indian mobile number. */
  readonly to: string
  /** One of `smsTemplateNames`, which names the registered template. */
  readonly template: string
  readonly text: string
  /** Ours; the provider sends a reference once, however often it is asked. */
  readonly reference: string
}

export interface SmsSender {
  /** Answers the provider's number of the message. Throws `SmsRefused` for a no and `SmsAway` for no answer. */
  send(sms: Sms): Promise<string>
}

/** The provider will not send this; asking again changes nothing. */
export class SmsRefused extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(`the SMS provider refused: ${reason}`)
    this.reason = reason
  }
}

/** No answer, or none that says what became of it: asked again under the same reference. */
export class SmsAway extends Error {}

const answerMsMax = 8_000

/** The provider's HTTP interface. Another provider's differs in this file alone. */
export function openSmsSender({ url, key, header, templateIds }: SmsConfig): SmsSender {
  return {
    async send({ to, template, text, reference }) {
      const body = { to, header, templateId: templateIds[template], text, reference }
      const answer = await outbound(() =>
        fetch(url, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
          redirect: 'error',
          signal: AbortSignal.timeout(answerMsMax),
        }),
      ).catch(cause => {
        throw new SmsAway('no answer', { cause })
      })
      const read = (await answer.json().catch(() => undefined)) as
        | { id?: unknown; code?: unknown }
        | undefined
      if (answer.ok && typeof read?.id === 'string') return read.id.slice(0, 80)
      // 401 is our own key: the text waits until somebody has mended it, and is not lost.
      const isNo =
        answer.status >= 400 && answer.status < 500 && ![401, 408, 429].includes(answer.status)
      if (!isNo) throw new SmsAway(`status ${answer.status}`)
      throw new SmsRefused(typeof read?.code === 'string' ? read.code.slice(0, 80) : 'UNKNOWN')
    },
  }
}

import { metrics } from '#kernel/metrics'
import { Refusal } from '#kernel/refusal'
import { type Sms, SmsAway, SmsRefused, type SmsSender } from '#kernel/sms-sender'
import { resendAfterSeconds } from './sign-in-code.ts'

const sent = metrics.counter({
  name: 'identity.sign_in_codes',
  unit: 'count',
  meaning: 'Codes to sign in with that were to be sent by SMS, by what the provider answered',
  labels: ['sent', 'refused', 'away'],
})

/**
 * Sends a code while its owner waits: written into a job it would lie readable in the database. An answer that is lost is
 * asked for once more under the same reference, which the provider sends once. Refuses `code_not_sent`.
 */
export async function sendSignInCode(sender: SmsSender, sms: Sms): Promise<void> {
  const outcome = await tryTo(sender, sms)
  const last = outcome === 'away' ? await tryTo(sender, sms) : outcome
  sent.add(1, last)
  if (last === 'sent') return
  throw new Refusal(
    'code_not_sent',
    'The code could not be sent. Wait half a minute and ask again, or call the pharmacy.',
    { retryAfterSeconds: resendAfterSeconds },
  )
}

async function tryTo(sender: SmsSender, sms: Sms): Promise<'sent' | 'refused' | 'away'> {
  try {
    await sender.send(sms)
    return 'sent'
  } catch (error) {
    if (error instanceof SmsRefused) return 'refused'
    if (error instanceof SmsAway) return 'away'
    throw error
  }
}

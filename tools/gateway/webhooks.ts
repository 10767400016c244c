import { createHmac, randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

export interface WebhookOptions {
  /** Where to send; absent: kept for whoever asks. */
  readonly url: string | undefined
  readonly secret: string
  /** Pauses between tries; the real gateway goes on for a day. */
  readonly retryMs?: readonly number[]
}

/** What may go wrong on the way; `held` keeps everything for the person or test that sends it by hand. */
export const webhookModes = [
  'on',
  'held',
  'lost',
  'twice',
  'thrice',
  'late',
  'reordered',
  'forged',
] as const
export type WebhookMode = (typeof webhookModes)[number]

export interface Webhook {
  readonly id: string
  readonly event: string
  readonly body: string
  readonly signature: string
  status: 'waiting' | 'taken' | 'refused' | 'lost'
}

const usualRetryMs = [500, 2_000, 8_000, 30_000]
const answerMs = 5_000
const lateMs = 20_000
const reorderMs = 1_500
const failuresMax = 20
const keptMax = 1_000
const accountId = `acc_${randomBytes(7).toString('hex')}`

/** Sends signed events as the gateway does: at least once, in no promised order, and not at all once it gave up. */
export class Webhooks {
  mode: WebhookMode = 'on'
  /** After so many failures the gateway stops sending until somebody switches it on again. */
  isDisabled = false
  readonly sent: Webhook[] = []
  readonly #options: WebhookOptions
  readonly #stopping = new AbortController()
  readonly #running = new Set<Promise<void>>()
  #held: Webhook[] = []
  #failures = 0

  constructor(options: WebhookOptions) {
    this.#options = options
  }

  tell(event: string, payload: Record<string, object>): void {
    const body = JSON.stringify({
      entity: 'event',
      account_id: accountId,
      event,
      contains: Object.keys(payload),
      payload: Object.fromEntries(
        Object.entries(payload).map(([name, entity]) => [name, { entity }]),
      ),
      created_at: Math.floor(Date.now() / 1_000),
    })
    const webhook: Webhook = {
      id: `evt_${randomBytes(7).toString('hex')}`,
      event,
      body,
      signature: this.sign(this.mode === 'forged' ? `${body} ` : body),
      status: 'waiting',
    }
    this.sent.push(webhook)
    if (this.sent.length > keptMax) this.sent.shift()
    this.#route(webhook)
  }

  sign(body: string): string {
    return createHmac('sha256', this.#options.secret).update(body).digest('hex')
  }

  enable(): void {
    this.isDisabled = false
    this.#failures = 0
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.allSettled(this.#running)
  }

  #route(webhook: Webhook): void {
    if (this.isDisabled || this.mode === 'lost') {
      webhook.status = 'lost'
      return
    }
    if (this.mode === 'held' || this.#options.url === undefined) return
    if (this.mode === 'reordered') return this.#reorder(webhook)
    const copies = { twice: 2, thrice: 3 }[this.mode as string] ?? 1
    for (let copy = 0; copy < copies; copy++) {
      this.#run(this.#deliver(webhook, this.mode === 'late' ? lateMs : 0))
    }
  }

  #reorder(webhook: Webhook): void {
    this.#held.push(webhook)
    if (this.#held.length > 1) return
    this.#run(
      pause(reorderMs, undefined, { signal: this.#stopping.signal }).then(() => {
        const all = this.#held.toReversed()
        this.#held = []
        for (const one of all) this.#run(this.#deliver(one, 0))
      }),
    )
  }

  #run(work: Promise<void>): void {
    const settled = work.catch(() => undefined).then(() => void this.#running.delete(settled))
    this.#running.add(settled)
  }

  async #deliver(webhook: Webhook, firstMs: number): Promise<void> {
    const { signal } = this.#stopping
    for (const waitMs of [firstMs, ...(this.#options.retryMs ?? usualRetryMs)]) {
      await pause(waitMs, undefined, { signal })
      if (this.isDisabled) break
      if (await this.#send(webhook)) {
        webhook.status = 'taken'
        this.#failures = 0
        return
      }
      this.#failures++
      if (this.#failures >= failuresMax) this.isDisabled = true
    }
    webhook.status = 'refused'
  }

  async #send({ id, body, signature }: Webhook): Promise<boolean> {
    const url = this.#options.url
    if (url === undefined) return false
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-razorpay-signature': signature,
          'x-razorpay-event-id': id,
        },
        body,
        signal: AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(answerMs)]),
      })
      await answer.body?.cancel()
      return answer.ok
    } catch {
      // Nobody there counts as a refusal, as it does at the real one.
      return false
    }
  }
}

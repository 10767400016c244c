import type { CountHead, Excursion, RecallHead, Transfer, TransferRequest } from '@janta/contracts'

/** What the API said of the store; null where this person may not ask. */
export interface StoreAnswers {
  readonly reviews: {
    readonly waiting: number
    readonly oldestAt: string | null
    readonly targetMinutes: number
  } | null
  readonly recalls:
    | readonly Pick<RecallHead, 'id' | 'state' | 'isMock' | 'name' | 'completeBy'>[]
    | null
  readonly excursions: readonly Pick<Excursion, 'decision' | 'fridge' | 'openedAt'>[] | null
  readonly counts: readonly Pick<CountHead, 'id' | 'waiting'>[] | null
  readonly requests: readonly Pick<TransferRequest, 'state' | 'askingStore' | 'askedStore'>[] | null
  readonly onTheWay: readonly Pick<Transfer, 'toStore' | 'sentAt'>[] | null
}

/** Work of the store that waits for somebody, beside its orders. Minutes are those the oldest has waited. */
export type StoreWait =
  | {
      readonly kind: 'recall'
      readonly id: string
      readonly name: string
      readonly completeBy: string
      readonly isLate: boolean
    }
  | {
      readonly kind: 'excursions'
      readonly count: number
      readonly fridge: string
      readonly minutes: number
    }
  | {
      readonly kind: 'prescriptions'
      readonly count: number
      readonly minutes: number
      readonly isLate: boolean
    }
  | { readonly kind: 'differences'; readonly count: number; readonly countId: string }
  | {
      readonly kind: 'requests'
      readonly count: number
      readonly asking: string
      readonly asked: string
    }
  | {
      readonly kind: 'transfers'
      readonly count: number
      readonly to: string
      readonly minutes: number
    }

/**
 * What waits, the most urgent first: what may hurt somebody (an open recall, goods that became warm), then people who
 * wait, then the books, then other stores. Drills wait for nobody.
 */
export function storeWaits(said: StoreAnswers, now: Date): StoreWait[] {
  const found: StoreWait[] = []
  for (const recall of said.recalls ?? []) {
    if (recall.state !== 'open' || recall.isMock) continue
    const { id, name, completeBy } = recall
    found.push({ kind: 'recall', id, name, completeBy, isLate: minutesSince(completeBy, now) > 0 })
  }
  const warm = (said.excursions ?? []).filter(one => one.decision === null)
  if (warm[0]) {
    const minutes = longest(
      warm.map(one => one.openedAt),
      now,
    )
    found.push({ kind: 'excursions', count: warm.length, fridge: warm[0].fridge, minutes })
  }
  const { reviews } = said
  if (reviews && reviews.waiting > 0) {
    const minutes = reviews.oldestAt ? minutesSince(reviews.oldestAt, now) : 0
    const isLate = minutes > reviews.targetMinutes
    found.push({ kind: 'prescriptions', count: reviews.waiting, minutes, isLate })
  }
  const counted = (said.counts ?? []).filter(one => one.waiting > 0)
  if (counted[0]) {
    const count = counted.reduce((sum, one) => sum + one.waiting, 0)
    found.push({ kind: 'differences', count, countId: counted[0].id })
  }
  const asked = (said.requests ?? []).filter(one => one.state === 'open')
  if (asked[0]) {
    found.push({
      kind: 'requests',
      count: asked.length,
      asking: asked[0].askingStore,
      asked: asked[0].askedStore,
    })
  }
  const sent = said.onTheWay ?? []
  if (sent[0]) {
    const minutes = longest(
      sent.map(one => one.sentAt),
      now,
    )
    found.push({ kind: 'transfers', count: sent.length, to: sent[0].toStore, minutes })
  }
  return found
}

const longest = (instants: readonly string[], now: Date) =>
  Math.max(...instants.map(one => minutesSince(one, now)))

/** Whole minutes; never negative, for a clock ahead of ours. */
function minutesSince(instant: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(instant)) / 60_000))
}

import type { Impact, SaleDecision } from '@janta/contracts'
import type { Day } from '#kernel/day'

const becomes: Record<SaleDecision, string> = {
  open: 'sellable without a prescription',
  prescription: 'prescription-only',
  store_only: 'store pick-up only',
  blocked: 'not sold online by law',
  unclassified: 'unsellable until they are classified',
}

const longDay = new Intl.DateTimeFormat('en-IN', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** "This makes 412 packs prescription-only from 1 December 2026." */
export function impactSentence(changes: Impact['changes'], from: Day): string {
  const since = `from ${longDay.format(new Date(`${from}T00:00:00Z`))}`
  const totals = new Map<SaleDecision, number>()
  for (const { after, packs } of changes) totals.set(after, (totals.get(after) ?? 0) + packs)
  if (totals.size === 0) return `This changes what may be done with no pack ${since}.`
  const parts = [...totals].map(
    ([decision, packs]) => `${packs} ${packs === 1 ? 'pack' : 'packs'} ${becomes[decision]}`,
  )
  return `This makes ${parts.join(' and ')} ${since}.`
}

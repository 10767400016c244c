import { saleDecisions } from '@janta/contracts'
import type { SearchRow } from './rows.ts'

/** Another number when anything of the row is: what was written, what the law says of it, what it costs today. */
export function markOf({ mark, decision, isOffered = true, pricePaise }: SearchRow): number {
  const law = (saleDecisions.indexOf(decision) + 1) * 2 + (isOffered ? 1 : 0)
  let hash = Math.imul(2166136261 ^ mark, 16777619)
  hash = Math.imul(hash ^ law, 16777619)
  hash = Math.imul(hash ^ ((pricePaise ?? -1) | 0), 16777619)
  return hash >>> 0 || 1
}

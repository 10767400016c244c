import { addDays, type Day } from '#kernel/day'

export interface ClaimWindow {
  readonly opensOn: Day
  readonly closesOn: Day
  readonly window: 'open' | 'later' | 'closed'
}

/** When a supplier takes expired goods back, both days included. */
export function claimWindow(
  supplier: { readonly claimBeforeDays: number; readonly claimAfterDays: number },
  expiresOn: Day,
  today: Day,
): ClaimWindow {
  const opensOn = addDays(expiresOn, -supplier.claimBeforeDays)
  const closesOn = addDays(expiresOn, supplier.claimAfterDays)
  const window = today < opensOn ? 'later' : today > closesOn ? 'closed' : 'open'
  return { opensOn, closesOn, window }
}

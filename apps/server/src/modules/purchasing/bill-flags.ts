import type { BillFlag, NewBill, PurchaseOrder } from '@janta/contracts'
import type { PackFacts } from '#modules/catalogue'
import { addDays, type Day, lastDayOf } from '#kernel/day'
import type { LastPurchase } from './find-last-purchases.ts'
import type { ReckonedLine } from './reckon-bill.ts'

export type BillLine = NewBill['lines'][number]

/** What a line is compared with. */
export interface FlagContext {
  readonly cost: ReckonedLine
  readonly pack: Pick<PackFacts, 'mrpPaise'>
  readonly last: LastPurchase | undefined
  readonly order: Pick<PurchaseOrder, 'lines'> | null
  readonly minLifeDays: number
  readonly today: Day
}

/** What a person should look at on a line; none of it alone keeps the goods out. */
export function flagsOf(line: BillLine, context: FlagContext): BillFlag[] {
  const expected = line.billedPacks + (line.freePacks ?? 0)
  const came = line.goodPacks + (line.damagedPacks ?? 0)
  const mrpBefore = context.last?.mrpPaise ?? context.pack.mrpPaise
  const flags: [BillFlag, boolean][] = [
    ['short', came < expected],
    ['excess', came > expected],
    ['damaged', (line.damagedPacks ?? 0) > 0],
    ['mrp_changed', mrpBefore !== null && mrpBefore !== line.mrpPaise],
    ['price_above_last', isDearer(context.cost, context.last)],
    ['not_ordered', !isOrdered(line, context.order)],
    ['short_expiry', isShortDated(line, context)],
  ]
  return flags.filter(([, isSet]) => isSet).map(([flag]) => flag)
}

/** Sooner past its last day than the policy wants goods to last from the day they arrive. */
export function isShortDated(
  line: Pick<BillLine, 'expiry'>,
  policy: { readonly today: Day; readonly minLifeDays: number },
): boolean {
  return lastDayOf(line.expiry) < addDays(policy.today, policy.minLifeDays)
}

/** By what a unit costs in the end, so that a lost scheme shows as the rise it is. */
function isDearer(now: ReckonedLine, last: LastPurchase | undefined): boolean {
  if (!last || now.units === 0 || last.units === 0) return false
  return BigInt(now.landedPaise) * BigInt(last.units) > BigInt(last.landedPaise) * BigInt(now.units)
}

function isOrdered(line: BillLine, order: Pick<PurchaseOrder, 'lines'> | null): boolean {
  return order === null || order.lines.some(one => one.medicineId === line.medicineId)
}

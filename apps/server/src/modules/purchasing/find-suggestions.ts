import { purchaseListMax, type ReorderSuggestion } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { type Consumption, findConsumption, findSellableLots } from '#modules/stock'
import type { Day } from '#kernel/day'
import { findLastPurchases } from './find-last-purchases.ts'
import { reorder } from './reorder.ts'

const windowDays = 90
const recentDays = 28
/** The shop keeps some 3,000 medicines; those that sell most are asked about. */
const packsAskedMax = 2_000
const leadDaysUnknown = 3

interface Policy {
  readonly today: Day
  readonly minLifeDays: number
  readonly coverDays: number
  readonly safetyDays: number
}
interface Level {
  readonly packId: string
  readonly minPacks: number
  readonly maxPacks: number
}

/** What to order now, the soonest to run out first, at most `purchaseListMax`. */
export async function findSuggestions(db: Reader): Promise<{ items: ReorderSuggestion[] }> {
  const { rows: levels } = await sql<Level>`
    select pack_id as "packId", min_packs as "minPacks", max_packs as "maxPacks"
    from purchasing.reorder_level order by pack_id limit ${packsAskedMax}`.execute(db)
  const sold = await findConsumption(db, { days: windowDays, recentDays, limit: packsAskedMax })
  const packIds = [...new Set([...levels, ...sold].map(one => one.packId))].slice(0, packsAskedMax)
  const context = await readContext(db, packIds)
  const soldBy = new Map(sold.map(one => [one.packId, one]))
  const levelBy = new Map(levels.map(one => [one.packId, one]))
  const items = packIds.flatMap(id => {
    const found = suggest(id, soldBy.get(id), levelBy.get(id), context)
    return found ? [found] : []
  })
  items.sort((one, other) => (one.daysLeft ?? windowDays) - (other.daysLeft ?? windowDays))
  return { items: items.slice(0, purchaseListMax) }
}

type Context = Awaited<ReturnType<typeof readContext>>

async function readContext(db: Reader, packIds: readonly string[]) {
  const { rows } = await sql<Policy>`
    select kernel.today() as today, min_life_days as "minLifeDays", cover_days as "coverDays",
      safety_days as "safetyDays"
    from purchasing.policy`.execute(db)
  const { rows: ordered } = await sql<{ packId: string; packs: number }>`
    select order_line.pack_id as "packId", sum(greatest(0, order_line.packs - coalesce((
        select sum(least(bill_line.billed_packs, bill_line.good_packs + bill_line.damaged_packs))
        from purchasing.bill join purchasing.bill_line on bill_line.bill_id = bill.id
        where bill.order_id = purchase_order.id and bill_line.pack_id = order_line.pack_id
      ), 0)))::integer as packs
    from purchasing.purchase_order join purchasing.order_line on order_line.order_id = purchase_order.id
    where purchase_order.state in ('draft', 'sent', 'part_received') and order_line.pack_id = any(${packIds}::uuid[])
    group by order_line.pack_id`.execute(db)
  const { rows: leads } = await sql<{ id: string; leadDays: number }>`
    select id, lead_days as "leadDays" from purchasing.supplier
    order by name_key limit ${purchaseListMax}`.execute(db)
  return {
    policy: rows[0]!,
    packs: await findPacks(db, packIds),
    lots: Map.groupBy(await findSellableLots(db, packIds), lot => lot.packId),
    last: await findLastPurchases(db, packIds),
    onOrder: new Map(ordered.map(one => [one.packId, one.packs])),
    leadDays: new Map(leads.map(one => [one.id, one.leadDays])),
  }
}

function suggest(
  packId: string,
  sold: Consumption | undefined,
  level: Level | undefined,
  { policy, packs, lots, last, onOrder, leadDays }: Context,
): ReorderSuggestion | null {
  const pack = packs.get(packId)
  if (!pack || pack.isDiscontinued) return null
  const bought = last.get(packId)
  const onOrderUnits = (onOrder.get(packId) ?? 0) * pack.unitsPerPack
  const soldDays = sold?.soldDays ?? windowDays
  const { reason, ...found } = reorder({
    unitsPerPack: pack.unitsPerPack,
    soldUnits: sold?.soldUnits ?? 0,
    soldDays,
    recentUnits: sold?.recentUnits ?? 0,
    recentDays,
    lots: (lots.get(packId) ?? []).map(lot => ({
      units: lot.units,
      daysToSell: daysBetween(policy.today, lot.expiresOn) + 1,
    })),
    onOrderUnits,
    leadDays: (bought && leadDays.get(bought.supplierId)) ?? leadDaysUnknown,
    coverDays: policy.coverDays,
    safetyDays: policy.safetyDays,
    lifeDays: policy.minLifeDays,
    minPacks: level?.minPacks ?? null,
    maxPacks: level?.maxPacks ?? null,
  })
  if (reason === null) return null
  return {
    medicineId: packId,
    name: pack.name,
    packLabel: pack.packLabel,
    supplierId: bought?.supplierId ?? null,
    supplierName: bought?.supplierName ?? null,
    ...found,
    onOrderUnits,
    soldUnits: sold?.soldUnits ?? 0,
    soldDays,
    reason,
    lastRatePaise: bought?.ratePaise ?? null,
  }
}

const dayMs = 86_400_000

function daysBetween(from: Day, to: Day): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs
}

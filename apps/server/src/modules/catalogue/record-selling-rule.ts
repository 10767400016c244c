import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { assertFromNow } from './day-from-now.ts'
import { reprice, type RepriceScope } from './reprice.ts'

export interface SellingRuleWanted {
  readonly medicineId?: string
  readonly manufacturerOf?: string
  readonly category?: string
  readonly offBasisPoints: number | null
  readonly from: Day
  readonly reason: string
}

/**
 * From a day on, so much below MRP for one pack, all packs of a maker or of a category; null ends the target's rule.
 * One that begins today is applied now, a later one on its day. Refuses `rule_target_unclear` unless exactly one
 * target is named, `rule_in_the_past` and `not_found`.
 */
export async function recordSellingRule(
  database: Database,
  caller: Caller,
  wanted: SellingRuleWanted,
): Promise<{ id: string; changedPacks: number }> {
  assertOneTarget(wanted)
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ today: Day }>`select kernel.today() as today`.execute(tx)
    const today = rows[0]?.today ?? ''
    assertFromNow(wanted.from, today)
    const target = await findTarget(tx, wanted)
    const id = newId()
    await sql`
      insert into catalogue.selling_rule
        (id, pack_id, manufacturer_id, category, off_basis_points, from_day, reason, recorded_by)
      values (${id}, ${target.packId ?? null}, ${target.manufacturerId ?? null}, ${target.category ?? null},
        ${wanted.offBasisPoints}, ${wanted.from}, ${wanted.reason}, ${caller.personId})`.execute(tx)
    await emit(tx, caller, 'catalogue.selling_rule_recorded', { ruleId: id })
    const why = { source: `rule ${id}`, recordedBy: caller.personId, reason: wanted.reason }
    const changedPacks = wanted.from === today ? await reprice(tx, target, why) : 0
    return { id, changedPacks }
  })
}

function assertOneTarget(wanted: SellingRuleWanted): void {
  const named = [wanted.medicineId, wanted.manufacturerOf, wanted.category].filter(Boolean)
  if (named.length === 1) return
  throw new Refusal(
    'rule_target_unclear',
    'Name one thing the rule is for: a pack, a maker or a category.',
  )
}

async function findTarget(tx: Tx, wanted: SellingRuleWanted): Promise<RepriceScope> {
  if (wanted.category) return { category: wanted.category }
  const { rows } = await sql<{ packId: string; manufacturerId: number | null }>`
    select pack.id as "packId", medicine.manufacturer_id as "manufacturerId"
    from catalogue.pack join catalogue.medicine on medicine.id = pack.medicine_id
    where pack.id = ${wanted.medicineId ?? wanted.manufacturerOf ?? null}::uuid`.execute(tx)
  const [found] = rows
  if (!found || (wanted.manufacturerOf && found.manufacturerId === null)) {
    throw new Refusal('not_found', 'We have no such medicine, or do not know its maker.')
  }
  return wanted.medicineId ? { packId: found.packId } : { manufacturerId: found.manufacturerId }
}

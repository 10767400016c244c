import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { assertFromNow } from './day-from-now.ts'
import { reprice } from './reprice.ts'

export interface PriceControlWanted {
  readonly medicineId: string
  /** Paise per base unit without GST; null states that no ceiling applies. */
  readonly ceilingPaise: number | null
  readonly from: Day
  readonly sourceCitation: string
}

/**
 * The notified ceiling of a medicine's drug from a day on, or the statement that none applies; the one before ends
 * that day. Prices above a ceiling in force come down at once and stay down. Refuses `not_found`,
 * `not_comparable` for what has no drug, `rule_in_the_past`, and `rule_stands_already` where a later one is entered.
 */
export async function recordPriceControl(
  database: Database,
  caller: Caller,
  wanted: PriceControlWanted,
): Promise<{ id: string; changedPacks: number }> {
  return inTransaction(database, caller, async tx => {
    const { drugId, baseUnit, today } = await findDrug(tx, wanted.medicineId)
    assertFromNow(wanted.from, today)
    await endStanding(tx, { drugId, baseUnit, from: wanted.from })
    const id = newId()
    await sql`
      insert into catalogue.price_control (id, clinical_drug_id, base_unit, state, ceiling_paise, effective_from,
        source_citation, recorded_by)
      values (${id}, ${drugId}, ${baseUnit}, ${wanted.ceilingPaise === null ? 'not_applicable' : 'controlled'},
        ${wanted.ceilingPaise}, ${wanted.from}, ${wanted.sourceCitation}, ${caller.personId})`.execute(
      tx,
    )
    await emit(tx, caller, 'catalogue.price_control_recorded', { priceControlId: id })
    const why = {
      source: `ceiling ${id}`,
      recordedBy: caller.personId,
      reason: wanted.sourceCitation,
    }
    const changedPacks = wanted.from === today ? await reprice(tx, { drugIds: [drugId] }, why) : 0
    return { id, changedPacks }
  })
}

async function findDrug(tx: Tx, packId: string) {
  const { rows } = await sql<{ drugId: number | null; baseUnit: string; today: Day }>`
    select medicine.clinical_drug_id as "drugId", pack.base_unit as "baseUnit", kernel.today() as today
    from catalogue.pack join catalogue.medicine on medicine.id = pack.medicine_id
    where pack.id = ${packId}`.execute(tx)
  const [found] = rows
  if (!found) throw new Refusal('not_found', 'We have no such medicine. Search for it by name.')
  const { drugId } = found
  if (drugId === null) {
    throw new Refusal('not_comparable', 'It has no salts in the catalogue. Add them first.')
  }
  // Two people entering ceilings of one drug take turns.
  await sql`select id from catalogue.clinical_drug where id = ${drugId} for update`.execute(tx)
  return { ...found, drugId }
}

async function endStanding(
  tx: Tx,
  { drugId, baseUnit, from }: { drugId: number; baseUnit: string; from: Day },
): Promise<void> {
  const { rows } = await sql`
    select id from catalogue.price_control where clinical_drug_id = ${drugId} and base_unit = ${baseUnit}
      and effective_from >= ${from} and effective_to is distinct from effective_from limit 1`.execute(
    tx,
  )
  if (rows.length > 0) {
    throw new Refusal(
      'rule_stands_already',
      'Something is entered for that day or a later one already. Choose a day after it.',
    )
  }
  await sql`
    update catalogue.price_control set effective_to = ${from}
    where clinical_drug_id = ${drugId} and base_unit = ${baseUnit} and effective_to is null`.execute(
    tx,
  )
}

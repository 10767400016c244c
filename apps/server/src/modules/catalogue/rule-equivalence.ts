import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { assertFromNow } from './day-from-now.ts'

export interface Ruling {
  readonly medicineId: string
  readonly otherMedicineId: string
  readonly ruling: 'linked' | 'separated'
  readonly from: Day
  readonly reason: string
}

/**
 * A pharmacist's word on two medicines, from a day on: 'linked' makes all brands of their two drugs equivalents of
 * each other, 'separated' takes that back, or sets two brands of one drug apart. Nothing said before is erased.
 * Refuses `not_found`, `rule_in_the_past`, and `not_comparable` for one medicine with itself, a medicine without a
 * drug, or a link of what is one drug already and was never set apart.
 */
export async function ruleEquivalence(
  database: Database,
  caller: Caller,
  ruling: Ruling,
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const [one, other] = [
      await findMedicine(tx, ruling.medicineId),
      await findMedicine(tx, ruling.otherMedicineId),
    ]
    assertComparable(one, other)
    assertFromNow(ruling.from, one.today)
    const id = newId()
    await sql`
      insert into catalogue.equivalence_ruling
        (id, ruling, one_medicine_id, other_medicine_id, one_drug_id, other_drug_id, from_day, reason, recorded_by)
      values (${id}, ${ruling.ruling}, ${one.id}, ${other.id}, ${one.drugId}, ${other.drugId}, ${ruling.from},
        ${ruling.reason}, ${caller.personId})`.execute(tx)
    await emit(tx, caller, 'catalogue.equivalence_ruled', { rulingId: id })
    return { id }
  })
}

interface Ruled {
  id: number
  drugId: number | null
  today: Day
}

async function findMedicine(tx: Tx, packId: string): Promise<Ruled> {
  const { rows } = await sql<Ruled>`
    select medicine.id, medicine.clinical_drug_id as "drugId", kernel.today() as today
    from catalogue.pack join catalogue.medicine on medicine.id = pack.medicine_id
    where pack.id = ${packId}`.execute(tx)
  const [found] = rows
  if (!found) throw new Refusal('not_found', 'We have no such medicine. Search for it by name.')
  return found
}

function assertComparable(one: Ruled, other: Ruled): void {
  if (one.id === other.id) {
    throw new Refusal('not_comparable', 'These are packs of one medicine. Choose another brand.')
  }
  if (one.drugId === null || other.drugId === null) {
    throw new Refusal(
      'not_comparable',
      'One of them has no salts in the catalogue. Add them first.',
    )
  }
}

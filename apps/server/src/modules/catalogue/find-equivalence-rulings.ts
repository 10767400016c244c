import type { EquivalenceRuling } from '@janta/contracts'
import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import { type CataloguePorts, findCards } from './find-cards.ts'
import { findEquivalents } from './find-equivalents.ts'
import type { Reader } from './find-packs.ts'
import { namePeople } from './name-people.ts'

const rulingsMax = 100

/** Every word pharmacists said of this medicine, newest first, and its equivalents as they stand; `not_found`. */
export async function findEquivalenceRulings(db: Reader, packId: string, ports: CataloguePorts) {
  const { rows: found } = await sql<{ medicineId: number }>`
    select medicine_id as "medicineId" from catalogue.pack where id = ${packId}`.execute(db)
  const [pack] = found
  if (!pack) throw new Refusal('not_found', 'We have no such medicine. Search for it by name.')
  const { rows } = await sql<Omit<EquivalenceRuling, 'recordedAt'> & { recordedAt: Date }>`
    select said.id, said.ruling, medicine.name as "otherName", said.from_day as "fromDay", said.reason,
      said.recorded_by as "recordedBy", said.recorded_at as "recordedAt"
    from (
      select id, ruling, other_medicine_id as other_id, from_day, reason, recorded_by, recorded_at, number
      from catalogue.equivalence_ruling where one_medicine_id = ${pack.medicineId}
      union all
      select id, ruling, one_medicine_id, from_day, reason, recorded_by, recorded_at, number
      from catalogue.equivalence_ruling where other_medicine_id = ${pack.medicineId}
    ) as said
    join catalogue.medicine on medicine.id = said.other_id
    order by said.number desc limit ${rulingsMax}`.execute(db)
  const nameOf = await namePeople(
    db,
    rows.map(row => row.recordedBy),
  )
  const equivalents = await findEquivalents(db, packId)
  const cards = await findCards(
    db,
    equivalents.map(one => one.id),
    ports,
  )
  return {
    rulings: rows.map(row => ({
      ...row,
      recordedBy: nameOf(row.recordedBy) ?? '',
      recordedAt: row.recordedAt.toISOString(),
    })),
    equivalents: equivalents.flatMap(one => cards.get(one.id) ?? []),
  }
}

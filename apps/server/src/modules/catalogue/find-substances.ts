import type { getSubstance, ReplyOf, ScheduleRule } from '@janta/contracts'
import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import type { Reader } from './find-packs.ts'
import { namePeople } from './name-people.ts'

const limitUsual = 20
const rulesMax = 200

/** Substances whose name begins as typed, the shortest first. */
export async function findSubstances(db: Reader, q: string, limit = limitUsual) {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, display_name as name from catalogue.substance
    where name like ${`${q
      .trim()
      .toLowerCase()
      .replaceAll(/[%_\\]/g, '')}%`}
    order by length(name), name limit ${limit}`.execute(db)
  return { items: rows }
}

interface Found {
  id: number
  name: string
  baseId: number | null
  baseName: string | null
  packs: number
}

/** A substance with the whole history of its rules; refuses `not_found`. */
export async function findSubstance(db: Reader, id: number): Promise<ReplyOf<typeof getSubstance>> {
  const { rows } = await sql<Found>`
    select substance.id, substance.display_name as name, base.id as "baseId", base.display_name as "baseName",
      (select count(distinct pack.id)::integer from catalogue.clinical_drug_salt as salt
        join catalogue.medicine on medicine.clinical_drug_id = salt.clinical_drug_id
        join catalogue.pack on pack.medicine_id = medicine.id and not pack.is_discontinued
        where salt.substance_id = substance.id) as packs
    from catalogue.substance left join catalogue.substance as base on base.id = substance.base_id
    where substance.id = ${id}`.execute(db)
  const [found] = rows
  if (!found) throw new Refusal('not_found', 'There is no such substance. Search for it by name.')
  const { baseId, baseName, ...substance } = found
  return {
    ...substance,
    base: baseId === null ? null : { id: baseId, name: baseName ?? '' },
    rules: await findHistory(db, id),
  }
}

async function findHistory(db: Reader, substanceId: number): Promise<ScheduleRule[]> {
  const { rows } = await sql<Omit<ScheduleRule, 'recordedAt'> & { recordedAt: Date }>`
    select id, scheme, applies_to as "appliesTo", effective_from as "effectiveFrom",
      effective_to as "effectiveTo", source_citation as "sourceCitation", recorded_by as "recordedBy",
      recorded_at as "recordedAt", ended_by as "endedBy", end_citation as "endCitation"
    from catalogue.schedule_rule where substance_id = ${substanceId}
    order by effective_from desc, id desc limit ${rulesMax}`.execute(db)
  const nameOf = await namePeople(
    db,
    rows.flatMap(row => [row.recordedBy, row.endedBy]),
  )
  return rows.map(row => ({
    ...row,
    recordedBy: nameOf(row.recordedBy) ?? '',
    endedBy: nameOf(row.endedBy),
    recordedAt: row.recordedAt.toISOString(),
  }))
}

import { sql } from 'kysely'
import type { Day } from '#kernel/day'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/transaction'
import type { Reader } from './find-packs.ts'
import { reprice } from './reprice.ts'

/** A ceiling of a list, of a drug the catalogue has. */
export interface ListedCeiling {
  readonly drugId: number
  readonly baseUnit: string
  readonly ceilingPaise: number
  readonly from: Day
  readonly citation: string
}

export type CeilingStanding =
  | { readonly reason: 'unknown' | 'later_stands' }
  | { readonly drugId: number; readonly from: Day; readonly isLate: boolean }

/**
 * For each row, in the order given, the drug it means and the day it can hold from: today where its own day is over,
 * because the past keeps its law. `unknown` where the catalogue has no such drug in that unit, `later_stands` where
 * something is entered for that day or a later one.
 */
export async function standCeilings(
  db: Reader,
  rows: readonly { equivalenceKey: string; baseUnit: string; from: Day | null }[],
): Promise<CeilingStanding[]> {
  const { rows: found } = await sql<{
    drugId: number | null
    from: Day
    isLate: boolean
    isLaterStanding: boolean
  }>`
    select drug.id as "drugId", held.day as from, given.from_day < kernel.today() as "isLate",
      exists (
        select from catalogue.price_control as control
        where control.clinical_drug_id = drug.id and control.base_unit = given.base_unit
          and control.effective_from >= held.day and control.effective_to is distinct from control.effective_from
      ) as "isLaterStanding"
    from unnest(${rows.map(row => row.equivalenceKey)}::text[], ${rows.map(row => row.baseUnit)}::text[],
      ${rows.map(row => row.from)}::date[]) with ordinality as given (equivalence_key, base_unit, from_day, at)
    cross join lateral (select greatest(given.from_day, kernel.today()) as day) as held
    left join catalogue.clinical_drug as drug on drug.equivalence_key = given.equivalence_key
      and exists (
        select from catalogue.medicine join catalogue.pack on pack.medicine_id = medicine.id
        where medicine.clinical_drug_id = drug.id and pack.base_unit = given.base_unit)
    order by given.at`.execute(db)
  return found.map(({ drugId, from, isLate, isLaterStanding }) => {
    if (drugId === null) return { reason: 'unknown' }
    return isLaterStanding ? { reason: 'later_stands' } : { drugId, from, isLate: isLate ?? false }
  })
}

/**
 * Enters each ceiling from its day on, each drug and unit at most once in `ceilings`; what stood before ends that day,
 * and one that says the same goes on standing. Prices above a ceiling in force come down at once. What changed is kept
 * under `runId`.
 */
export async function storeListedCeilings(
  tx: Tx,
  ceilings: readonly ListedCeiling[],
  origin: { source: string; runId: string; personId: string },
): Promise<{ added: number; changed: number }> {
  const wanted = await findWanted(tx, ceilings)
  if (wanted.length === 0) return { added: 0, changed: 0 }
  await sql`
    update catalogue.price_control as control set effective_to = given.from_day
    from unnest(${wanted.map(one => one.standingId)}::uuid[], ${wanted.map(one => one.from)}::date[])
      as given (id, from_day)
    where control.id = given.id`.execute(tx)
  await sql`
    with given as (
      select * from unnest(${wanted.map(() => newId())}::uuid[], ${wanted.map(one => one.standingId)}::uuid[],
        ${wanted.map(one => one.drugId)}::int[], ${wanted.map(one => one.baseUnit)}::text[],
        ${wanted.map(one => one.ceilingPaise)}::bigint[], ${wanted.map(one => one.from)}::date[],
        ${wanted.map(one => one.citation)}::text[])
        as given (id, standing_id, drug_id, base_unit, ceiling_paise, from_day, citation)
    ), written as (
      insert into catalogue.price_control (id, clinical_drug_id, base_unit, state, ceiling_paise, effective_from,
        source_citation, recorded_by)
      select id, drug_id, base_unit, 'controlled', ceiling_paise, from_day, citation, ${origin.personId}::uuid
      from given
    )
    insert into catalogue.import_change (run_id, subject, subject_id, before, after)
    select ${origin.runId}::uuid, 'price_control', id::text,
      case when standing_id is not null then jsonb_build_object('id', standing_id) end,
      jsonb_build_object('ceilingPaise', ceiling_paise, 'from', from_day)
    from given`.execute(tx)
  await repriceNow(tx, wanted, origin)
  const changed = wanted.filter(one => one.standingId !== null).length
  return { added: wanted.length - changed, changed }
}

type Wanted = ListedCeiling & { standingId: string | null; isToday: boolean }

/** The rows that change something, with what stands; the drugs are locked, so that two people take turns. */
async function findWanted(tx: Tx, ceilings: readonly ListedCeiling[]): Promise<Wanted[]> {
  await sql`
    select id from catalogue.clinical_drug where id = any(${ceilings.map(one => one.drugId)}::int[])
    order by id for update`.execute(tx)
  const { rows } = await sql<{ standingId: string | null; isNew: boolean; isToday: boolean }>`
    select standing.id as "standingId", given.from_day = kernel.today() as "isToday",
      standing.ceiling_paise is distinct from given.ceiling_paise and not exists (
        select from catalogue.price_control as later
        where later.clinical_drug_id = given.drug_id and later.base_unit = given.base_unit
          and later.effective_from >= given.from_day and later.effective_to is distinct from later.effective_from
      ) as "isNew"
    from unnest(${ceilings.map(one => one.drugId)}::int[], ${ceilings.map(one => one.baseUnit)}::text[],
      ${ceilings.map(one => one.ceilingPaise)}::bigint[], ${ceilings.map(one => one.from)}::date[])
      with ordinality as given (drug_id, base_unit, ceiling_paise, from_day, at)
    left join catalogue.price_control as standing on standing.clinical_drug_id = given.drug_id
      and standing.base_unit = given.base_unit and standing.effective_to is null
    order by given.at`.execute(tx)
  return ceilings.flatMap((ceiling, at) => {
    const found = rows[at]
    const { standingId = null, isToday = false } = found ?? {}
    return found?.isNew ? [{ ...ceiling, standingId, isToday }] : []
  })
}

/** By which the undoing finds the prices that came down with this list. */
export function ceilingSource(runId: string): string {
  return `ceilings ${runId}`
}

async function repriceNow(
  tx: Tx,
  wanted: readonly Wanted[],
  origin: { source: string; runId: string; personId: string },
): Promise<void> {
  const drugIds = wanted.filter(one => one.isToday).map(one => one.drugId)
  if (drugIds.length === 0) return
  await reprice(
    tx,
    { drugIds },
    {
      source: ceilingSource(origin.runId),
      recordedBy: origin.personId,
      reason: `List of ${origin.source}`,
    },
  )
}

import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/transaction'
import type { ListedPack } from './listed-pack.ts'
import { storeDrugs, storeManufacturers } from './store-drugs.ts'

/** Where the rows come from, as the medicine remembers it, and what only a list of our own can say. */
export interface PackOrigin {
  readonly source: string
  readonly isSample: boolean
  /** The import whose changes these are, when it may be undone. */
  readonly runId?: string | undefined
}

/** What a row may add to what it was read from a list; a plain list leaves these to be filled by people. */
export interface PackExtras {
  readonly kind: 'drug' | 'device' | 'cosmetic' | 'food' | 'other'
  readonly category: string | null
  readonly storageClass: 'frozen' | 'cold' | 'cool' | 'room'
  readonly storageText: string | null
  readonly countryOfOrigin: string | null
}

export type StorablePack = ListedPack &
  Partial<PackExtras> & {
    /** What is asked for a pack that has no price yet; its MRP when left out. */
    readonly pricePaise?: number | null
  }

/** Ids that earlier batches of this import found, so that they are asked for once. */
export interface KnownIds {
  readonly drugs: Map<string, number>
  readonly manufacturers: Map<string, number>
}

export function noKnownIds(): KnownIds {
  return { drugs: new Map(), manufacturers: new Map() }
}

/** Adds what a committed batch found. */
export function remember(known: KnownIds, found: KnownIds): void {
  for (const [key, id] of found.drugs) known.drugs.set(key, id)
  for (const [key, id] of found.manufacturers) known.manufacturers.set(key, id)
}

/**
 * Stores a batch of packs with their medicines, drugs, makers and MRPs. What is already there and equal is not
 * touched, so that a second import changes nothing. No two rows may share medicine and pack. `known` is only read; the
 * ids found now come back to be kept after the commit. With a `runId` each change is kept as before and after, so that
 * the import can be undone. An MRP that differs from the one last seen becomes it; the price follows down to it but
 * never up by itself.
 */
export async function storePacks(
  tx: Tx,
  rows: readonly StorablePack[],
  origin: PackOrigin,
  known: KnownIds,
): Promise<{ added: number; changed: number; found: KnownIds }> {
  const manufacturers = await storeManufacturers(tx, rows, known.manufacturers)
  const drugs = await storeDrugs(tx, rows, known.drugs)
  const found = { drugs, manufacturers }
  await storeMedicines(tx, rows, origin, found)
  return { ...(await storePackRows(tx, rows, origin, found)), found }
}

const idOf = (known: Map<string, number>, key: string | null) =>
  key === null ? null : (known.get(key) ?? null)

async function storeMedicines(
  tx: Tx,
  rows: readonly StorablePack[],
  origin: PackOrigin,
  ids: KnownIds,
): Promise<void> {
  const byKey = new Map(rows.map(row => [medicineKey(row), row]))
  const medicines = [...byKey.values()]
  await sql`
    with given as (
      select * from unnest(
        ${medicines.map(row => row.nameKey)}::text[],
        ${medicines.map(row => idOf(ids.manufacturers, row.manufacturerKey))}::int[],
        ${medicines.map(row => idOf(ids.drugs, row.equivalenceKey))}::int[],
        ${medicines.map(row => row.name)}::text[],
        ${medicines.map(row => row.kind ?? 'drug')}::text[],
        ${medicines.map(row => row.form.form)}::text[],
        ${medicines.map(row => row.composition)}::text[],
        ${medicines.map(row => row.compositionState)}::text[],
        ${medicines.map(row => row.hsn)}::text[],
        ${medicines.map(row => row.storageClass ?? 'room')}::text[],
        ${medicines.map(row => row.storageText ?? null)}::text[],
        ${medicines.map(row => row.countryOfOrigin ?? null)}::text[],
        ${medicines.map(row => row.category ?? null)}::text[]
      ) as given (name_key, manufacturer_id, clinical_drug_id, name, kind, form, composition, composition_state, hsn,
        storage_class, storage_text, country_of_origin, category)
    ), noted as (
      insert into catalogue.import_change (run_id, subject, subject_id, before, after)
      select ${origin.runId ?? null}::uuid, 'medicine', medicine.id::text,
        catalogue.medicine_state(medicine.clinical_drug_id, medicine.form, medicine.composition,
          medicine.composition_state),
        catalogue.medicine_state(given.clinical_drug_id, given.form, given.composition, given.composition_state)
      from given
      join catalogue.medicine on medicine.name_key = given.name_key
        and medicine.manufacturer_id is not distinct from given.manufacturer_id
      where ${origin.runId ?? null}::uuid is not null
        and (medicine.clinical_drug_id, medicine.form, medicine.composition, medicine.composition_state)
          is distinct from (given.clinical_drug_id, given.form, given.composition, given.composition_state)
    )
    insert into catalogue.medicine (name_key, manufacturer_id, clinical_drug_id, name, kind, form, composition,
      composition_state, hsn, storage_class, storage_text, country_of_origin, category, is_sample, source)
    select given.*, ${origin.isSample}::boolean, ${origin.source}::text from given
    on conflict (name_key, manufacturer_id) do update
      set clinical_drug_id = excluded.clinical_drug_id, form = excluded.form, composition = excluded.composition,
        composition_state = excluded.composition_state, changed_at = kernel.now()
    where (medicine.clinical_drug_id, medicine.form, medicine.composition, medicine.composition_state)
      is distinct from (excluded.clinical_drug_id, excluded.form, excluded.composition, excluded.composition_state)`.execute(
    tx,
  )
}

// `offset 0` has each medicine looked up by its name. While the planner has not counted a growing table it would rather
// read all of it for every batch, which at the end is 250,000 rows for 5,000.
async function storePackRows(
  tx: Tx,
  rows: readonly StorablePack[],
  origin: PackOrigin,
  ids: KnownIds,
): Promise<{ added: number; changed: number }> {
  const { rows: counts } = await sql<{ matched: number; added: number; changed: number }>`
    with given as (
      select given.*, medicine.id as medicine_id,
        case when medicine.composition_state = 'stated' and drug.equivalence_key not like '?%' then drug.id
          end as comparable_drug_id
      from unnest(
        ${rows.map(() => newId())}::uuid[], ${rows.map(row => row.nameKey)}::text[],
        ${rows.map(row => idOf(ids.manufacturers, row.manufacturerKey))}::int[],
        ${rows.map(row => row.packKey)}::text[], ${rows.map(row => row.pack.label)}::text[],
        ${rows.map(row => row.pack.baseUnit)}::text[], ${rows.map(row => row.pack.unitsPerPack)}::int[],
        ${rows.map(row => row.isDiscontinued)}::boolean[], ${rows.map(row => row.popularity)}::real[],
        ${rows.map(row => row.mrpPaise)}::bigint[], ${rows.map(row => row.pricePaise ?? null)}::bigint[]
      ) as given (id, name_key, manufacturer_id, pack_key, label, base_unit, units_per_pack, is_discontinued,
        popularity, mrp_paise, price_paise)
      cross join lateral (select id, clinical_drug_id, composition_state from catalogue.medicine
        where name_key = given.name_key and manufacturer_id is not distinct from given.manufacturer_id offset 0
      ) as medicine left join catalogue.clinical_drug as drug on drug.id = medicine.clinical_drug_id
    ), before as (
      select pack.id, pack.label, pack.is_discontinued, pack.popularity, pack.mrp_paise, pack.price_paise
      from given join catalogue.pack on pack.medicine_id = given.medicine_id and pack.pack_key = given.pack_key
    ), written as (
      insert into catalogue.pack (id, medicine_id, pack_key, label, base_unit, units_per_pack, is_discontinued,
        popularity, mrp_paise, comparable_drug_id, price_paise)
      select id, medicine_id, pack_key, label, base_unit, units_per_pack, is_discontinued, popularity, mrp_paise,
        comparable_drug_id, case when mrp_paise is not null then least(coalesce(price_paise, mrp_paise), mrp_paise) end
      from given
      on conflict (medicine_id, pack_key) do update
        set label = excluded.label, is_discontinued = excluded.is_discontinued, popularity = excluded.popularity,
          mrp_paise = coalesce(excluded.mrp_paise, pack.mrp_paise),
          price_paise = case
            when excluded.mrp_paise is null or excluded.mrp_paise = pack.mrp_paise then pack.price_paise
            else least(coalesce(pack.price_paise, excluded.price_paise), excluded.mrp_paise) end,
          changed_at = kernel.now()
      where (pack.label, pack.is_discontinued, pack.popularity, pack.mrp_paise) is distinct from
        (excluded.label, excluded.is_discontinued, excluded.popularity, coalesce(excluded.mrp_paise, pack.mrp_paise))
      returning id, label, is_discontinued, popularity, mrp_paise, price_paise
    ), priced as (
      insert into catalogue.price (pack_id, from_day, number, price_paise, mrp_paise, source)
      select written.id, kernel.today(), coalesce(today.number, 0) + 1, written.price_paise, written.mrp_paise,
        ${origin.source}
      from written
      left join before on before.id = written.id
      left join lateral (
        select max(number) as number from catalogue.price
        where before.id is not null and price.pack_id = before.id and from_day = kernel.today()
      ) as today on true
      where (written.price_paise, written.mrp_paise) is distinct from (before.price_paise, before.mrp_paise)
    ), noted as (
      insert into catalogue.import_change (run_id, subject, subject_id, before, after)
      select ${origin.runId ?? null}::uuid, 'pack', written.id::text,
        case when before.id is not null then catalogue.pack_state(before.label, before.is_discontinued,
          before.popularity, before.mrp_paise, before.price_paise) end,
        catalogue.pack_state(written.label, written.is_discontinued, written.popularity, written.mrp_paise,
          written.price_paise)
      from written left join before on before.id = written.id
      where ${origin.runId ?? null}::uuid is not null
    )
    select (select count(*) from given)::int as matched,
      count(*) filter (where before.id is null)::int as added, count(before.id)::int as changed
    from written left join before on before.id = written.id`.execute(tx)
  const [count] = counts
  assert(count?.matched === rows.length, 'every row has one medicine')
  return { added: count.added, changed: count.changed }
}

/** Ids of the packs these rows are stored as, in the order given. */
export async function findPackIds(tx: Tx, rows: readonly ListedPack[]): Promise<string[]> {
  const { rows: found } = await sql<{ id: string }>`
    select pack.id
    from unnest(${rows.map(row => row.nameKey)}::text[], ${rows.map(row => row.manufacturerKey)}::text[],
      ${rows.map(row => row.packKey)}::text[]) with ordinality as given (name_key, manufacturer_key, pack_key, at)
    left join catalogue.manufacturer on manufacturer.name_key = given.manufacturer_key
    join catalogue.medicine on medicine.name_key = given.name_key
      and medicine.manufacturer_id is not distinct from manufacturer.id
    join catalogue.pack on pack.medicine_id = medicine.id and pack.pack_key = given.pack_key
    order by given.at`.execute(tx)
  assert.equal(found.length, rows.length, 'every row has one pack')
  return found.map(row => row.id)
}

/** One medicine may have several packs; this names the medicine within a list. */
export function medicineKey(row: ListedPack): string {
  return `${row.nameKey}|${row.manufacturerKey ?? ''}`
}

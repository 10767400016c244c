import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/transaction'
import type { ListedPack } from './listed-pack.ts'
import { recordPrices } from './record-price.ts'
import { storeDrugs, storeManufacturers } from './store-drugs.ts'

/** Where the rows come from, as the medicine remembers it, and what only a list of our own can say. */
export interface PackOrigin {
  readonly source: string
  readonly isSample: boolean
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

/**
 * Stores a batch of packs with their medicines, drugs, makers and MRPs. What is already there and equal is not
 * touched, so that a second import changes nothing. No two rows may share medicine and pack. Returns the pack ids in
 * the order given, and counts. `known` is only read; the ids found now come back to be kept after the commit.
 */
export async function storePacks(
  tx: Tx,
  rows: readonly StorablePack[],
  origin: PackOrigin,
  known: KnownIds,
): Promise<{ packIds: string[]; added: number; changed: number; found: KnownIds }> {
  const manufacturers = await storeManufacturers(tx, rows, known.manufacturers)
  const drugs = await storeDrugs(tx, rows, known.drugs)
  const medicineIds = await storeMedicines(tx, rows, origin, { drugs, manufacturers })
  const stored = await storePackRows(tx, rows, medicineIds)
  await storeMrps(tx, rows, stored.packIds, origin.source)
  return { ...stored, found: { drugs, manufacturers } }
}

async function storeMedicines(
  tx: Tx,
  rows: readonly StorablePack[],
  origin: PackOrigin,
  ids: KnownIds,
): Promise<number[]> {
  const byKey = new Map(rows.map(row => [medicineKey(row), row]))
  const medicines = [...byKey.values()]
  const idOf = (known: Map<string, number>, key: string | null) =>
    key === null ? null : (known.get(key) ?? null)
  await sql`
    insert into catalogue.medicine (name_key, manufacturer_id, clinical_drug_id, name, kind, form, composition,
      composition_state, hsn, storage_class, storage_text, country_of_origin, category, is_sample, source)
    select given.*, ${origin.isSample}::boolean, ${origin.source}::text
    from unnest(
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
    ) as given
    on conflict (name_key, manufacturer_id) do update
      set clinical_drug_id = excluded.clinical_drug_id, form = excluded.form, composition = excluded.composition,
        composition_state = excluded.composition_state, changed_at = kernel.now()
    where (medicine.clinical_drug_id, medicine.form, medicine.composition, medicine.composition_state)
      is distinct from (excluded.clinical_drug_id, excluded.form, excluded.composition, excluded.composition_state)`.execute(
    tx,
  )
  const { rows: found } = await sql<{ id: number; at: number }>`
    select medicine.id, given.at::int as at
    from unnest(${rows.map(row => row.nameKey)}::text[],
      ${rows.map(row => idOf(ids.manufacturers, row.manufacturerKey))}::int[])
      with ordinality as given (name_key, manufacturer_id, at)
    join catalogue.medicine on medicine.name_key = given.name_key
      and medicine.manufacturer_id is not distinct from given.manufacturer_id
    order by given.at`.execute(tx)
  assert.equal(found.length, rows.length, 'every row has one medicine')
  return found.map(row => row.id)
}

async function storePackRows(tx: Tx, rows: readonly StorablePack[], medicineIds: number[]) {
  const packKeys = rows.map(row => row.packKey)
  const { rows: written } = await sql<{ isNew: boolean }>`
    insert into catalogue.pack (id, medicine_id, pack_key, label, base_unit, units_per_pack, is_discontinued, popularity)
    select * from unnest(
      ${rows.map(() => newId())}::uuid[], ${medicineIds}::int[], ${packKeys}::text[],
      ${rows.map(row => row.pack.label)}::text[], ${rows.map(row => row.pack.baseUnit)}::text[],
      ${rows.map(row => row.pack.unitsPerPack)}::int[], ${rows.map(row => row.isDiscontinued)}::boolean[],
      ${rows.map(row => row.popularity)}::real[])
    on conflict (medicine_id, pack_key) do update
      set label = excluded.label, is_discontinued = excluded.is_discontinued, popularity = excluded.popularity,
        changed_at = kernel.now()
    where (pack.label, pack.is_discontinued, pack.popularity)
      is distinct from (excluded.label, excluded.is_discontinued, excluded.popularity)
    returning (xmax = 0) as "isNew"`.execute(tx)
  const { rows: found } = await sql<{ id: string }>`
    select pack.id from unnest(${medicineIds}::int[], ${packKeys}::text[])
      with ordinality as given (medicine_id, pack_key, at)
    join catalogue.pack using (medicine_id, pack_key) order by given.at`.execute(tx)
  assert.equal(found.length, rows.length, 'every row has one pack')
  const added = written.filter(row => row.isNew).length
  return { packIds: found.map(row => row.id), added, changed: written.length - added }
}

/** An MRP that differs from the one last seen becomes it; the price follows down to it but never up by itself. */
async function storeMrps(tx: Tx, rows: readonly StorablePack[], packIds: string[], source: string) {
  const { rows: news } = await sql<{ id: string; pricePaise: number; mrpPaise: number }>`
    select pack.id, least(coalesce(pack.price_paise, given.price_paise, given.mrp_paise), given.mrp_paise) as "pricePaise",
      given.mrp_paise as "mrpPaise"
    from unnest(${packIds}::uuid[], ${rows.map(row => row.mrpPaise)}::bigint[],
      ${rows.map(row => row.pricePaise ?? null)}::bigint[]) as given (id, mrp_paise, price_paise)
    join catalogue.pack on pack.id = given.id
    where given.mrp_paise is not null and pack.mrp_paise is distinct from given.mrp_paise`.execute(
    tx,
  )
  if (news.length === 0) return
  await recordPrices(tx, {
    packIds: news.map(row => row.id),
    pricesPaise: news.map(row => row.pricePaise),
    mrpsPaise: news.map(row => row.mrpPaise),
    source,
  })
}

/** One medicine may have several packs; this names the medicine within a list. */
export function medicineKey(row: ListedPack): string {
  return `${row.nameKey}|${row.manufacturerKey ?? ''}`
}

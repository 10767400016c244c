import type { MedicineCard, MedicineCategory } from '@janta/contracts'
import { sql } from 'kysely'
import { type CataloguePorts, findCards } from './find-cards.ts'
import type { Reader } from './find-packs.ts'
import { nameKey } from './name-keys.ts'

export interface MedicineQuery {
  readonly q?: string | undefined
  readonly category?: MedicineCategory | undefined
  readonly limit?: number | undefined
}

/** What was found by SQL alone. */
export interface SimplyFound {
  readonly items: MedicineCard[]
  readonly salts: { name: string; packs: number }[]
  readonly showingResultsFor: string | null
}

const limitUsual = 20
const wordsMax = 8
const saltsMax = 3
const saltPrefixLeast = 3
/** Without words only what anyone may order is listed, so more are looked at than shown. */
const browseFactor = 4

/**
 * Finds packs by words of brand, salt and strength; where no name has the words, by the most similar name, and then
 * says so. Without words: the most ordered of the category, or of everything that needs no prescription, because a
 * list nobody asked for would advertise prescription medicines (Drugs Rules, Schedule H).
 */
export async function findMedicines(
  db: Reader,
  query: MedicineQuery,
  ports: CataloguePorts,
): Promise<SimplyFound> {
  const limit = query.limit ?? limitUsual
  const typed = nameKey(query.q ?? '')
  const words = typed.match(/[\p{L}\p{M}\p{N}]+/gu)?.slice(0, wordsMax) ?? []
  if (words.length === 0) return browse(db, query.category, limit, ports)
  const exact = await findByWords(db, { typed, words, category: query.category ?? null, limit })
  const ids = exact.length > 0 ? exact : await findSimilar(db, typed, query.category ?? null, limit)
  const items = await cardsInOrder(db, ids, ports)
  const instead = exact.length === 0 ? (items[0]?.name ?? null) : null
  return { items, salts: await findSalts(db, typed), showingResultsFor: instead }
}

async function browse(
  db: Reader,
  category: MedicineCategory | undefined,
  limit: number,
  ports: CataloguePorts,
) {
  const { rows } = await sql<{ id: string }>`
    select pack.id from catalogue.pack
    join catalogue.medicine on medicine.id = pack.medicine_id
    where not pack.is_discontinued and pack.price_paise is not null
      and (${category ?? null}::text is null or medicine.category = ${category ?? null})
    order by pack.popularity desc, pack.id
    limit ${category ? limit : limit * browseFactor}`.execute(db)
  const cards = await cardsInOrder(
    db,
    rows.map(row => row.id),
    ports,
  )
  const shown = category ? cards : cards.filter(card => card.decision === 'open')
  return { items: shown.slice(0, limit), salts: [], showingResultsFor: null }
}

async function findByWords(
  db: Reader,
  asked: { typed: string; words: readonly string[]; category: string | null; limit: number },
): Promise<string[]> {
  const wanted = asked.words.map(word => `${word}:*`).join(' & ')
  const { rows } = await sql<{ id: string }>`
    select pack.id from catalogue.medicine
    join catalogue.pack on pack.medicine_id = medicine.id
    where to_tsvector('simple', medicine.name_key || ' ' || medicine.composition) @@ to_tsquery('simple', ${wanted})
      and (${asked.category}::text is null or medicine.category = ${asked.category})
    order by pack.is_discontinued, starts_with(medicine.name_key, ${asked.typed}) desc,
      pack.price_paise is null, pack.popularity desc, medicine.name_key, pack.units_per_pack, pack.id
    limit ${asked.limit}`.execute(db)
  return rows.map(row => row.id)
}

async function findSimilar(
  db: Reader,
  typed: string,
  category: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select pack.id from catalogue.medicine
    join catalogue.pack on pack.medicine_id = medicine.id
    where ${typed} <% medicine.name_key
      and (${category}::text is null or medicine.category = ${category})
    order by pack.is_discontinued, word_similarity(${typed}, medicine.name_key) desc,
      pack.popularity desc, medicine.name_key, pack.id
    limit ${limit}`.execute(db)
  return rows.map(row => row.id)
}

async function findSalts(db: Reader, typed: string): Promise<{ name: string; packs: number }[]> {
  if (typed.length < saltPrefixLeast) return []
  const { rows } = await sql<{ name: string; packs: number }>`
    select substance.display_name as name, counted.packs
    from (
      select id, name, display_name from catalogue.substance
      where name like ${`${typed.replaceAll('%', '')}%`} order by length(name), name limit ${saltsMax}
    ) as substance
    cross join lateral (
      select count(distinct pack.id)::int as packs from catalogue.clinical_drug_salt as salt
      join catalogue.medicine on medicine.clinical_drug_id = salt.clinical_drug_id
      join catalogue.pack on pack.medicine_id = medicine.id
      where salt.substance_id = substance.id and not pack.is_discontinued
    ) as counted
    where counted.packs > 0 order by counted.packs desc, substance.name limit ${saltsMax}`.execute(
    db,
  )
  return rows
}

async function cardsInOrder(
  db: Reader,
  ids: readonly string[],
  ports: CataloguePorts,
): Promise<MedicineCard[]> {
  const cards = await findCards(db, ids, ports)
  return ids.flatMap(id => cards.get(id) ?? [])
}

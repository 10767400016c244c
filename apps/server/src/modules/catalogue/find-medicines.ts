import type { MedicineCard, MedicineCategory } from '@janta/contracts'
import { sql } from 'kysely'
import { type CataloguePorts, findCards, findPacksAndCards } from './find-cards.ts'
import type { Reader } from './find-packs.ts'
import { nameKey } from './name-keys.ts'
import { isOffered } from './offering.ts'

export interface MedicineQuery {
  readonly q?: string | undefined
  readonly category?: MedicineCategory | undefined
  readonly limit?: number | undefined
}

/** What was found by SQL alone. */
export interface SimplyFound {
  readonly items: MedicineCard[]
  readonly salts: FoundSalt[]
}

type FoundSalt = { name: string; packs: number }
type Asked = { typed: string; words: readonly string[]; category: string | null; limit: number }

const limitUsual = 20
const wordsMax = 8
const saltsMax = 3
const saltPrefixLeast = 3
/** After every text that begins with what stands before it. */
const lastLetter = '\u{10ffff}'
/** Without words only what anyone may order is listed, so more are looked at than shown. */
const browseFactor = 4

/**
 * Finds packs by the beginnings of their names, and where there are none by salts that begin so. It guesses nothing:
 * it stands in for the search in memory for the second or two a process takes to have it. Without words: the most ordered of the category, or of everything that needs no prescription, because a
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
  const asked = { typed, words, category: query.category ?? null, limit }
  const [named, salts] = await Promise.all([findByName(db, asked), findSalts(db, typed)])
  const ids = named.length > 0 ? named : await findBySalt(db, salts, asked)
  return { items: await cardsInOrder(db, ids, ports), salts }
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
    limit ${limit * browseFactor}`.execute(db)
  const { packs, cards } = await findPacksAndCards(
    db,
    rows.map(row => row.id),
    ports,
  )
  const shown = rows.flatMap(({ id }) => {
    const [pack, card] = [packs.get(id), cards.get(id)]
    const mayStand = pack && isOffered(pack.terms) && (category || pack.decision === 'open')
    return mayStand && card ? [card] : []
  })
  return { items: shown.slice(0, limit), salts: [] }
}

/** Packs whose name begins with the first word and has words that begin with the others; a whole name's own first. */
async function findByName(db: Reader, { typed, words, category, limit }: Asked): Promise<string[]> {
  const [first = '', ...others] = words
  const { rows } = await sql<{ id: string }>`
    select pack.id from catalogue.medicine
    join catalogue.pack on pack.medicine_id = medicine.id
    where medicine.name_key ~>=~ ${first} and medicine.name_key ~<~ ${`${first}${lastLetter}`}
      and not exists (
        select from unnest(${others}::text[]) as other (word)
        where strpos(medicine.name_key, ' ' || other.word) = 0
      )
      and (${category}::text is null or medicine.category = ${category})
    order by medicine.name_key <> ${typed}, pack.is_discontinued, pack.price_paise is null, pack.popularity desc,
      medicine.name_key, pack.units_per_pack, pack.id
    limit ${limit}`.execute(db)
  return rows.map(row => row.id)
}

/** Packs with one of these salts, the most ordered first. */
async function findBySalt(
  db: Reader,
  salts: readonly FoundSalt[],
  { category, limit }: Asked,
): Promise<string[]> {
  if (salts.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select pack.id from catalogue.substance
    join catalogue.clinical_drug_salt as salt on salt.substance_id = substance.id
    join catalogue.medicine on medicine.clinical_drug_id = salt.clinical_drug_id
    join catalogue.pack on pack.medicine_id = medicine.id
    where substance.display_name = any(${salts.map(salt => salt.name)}::text[])
      and (${category}::text is null or medicine.category = ${category})
    group by pack.id
    order by pack.is_discontinued, pack.price_paise is null, pack.popularity desc, pack.id
    limit ${limit}`.execute(db)
  return rows.map(row => row.id)
}

async function findSalts(db: Reader, typed: string): Promise<FoundSalt[]> {
  if (typed.length < saltPrefixLeast) return []
  const { rows } = await sql<FoundSalt>`
    select substance.display_name as name, counted.packs
    from (
      select id, name, display_name from catalogue.substance
      where name ~>=~ ${typed} and name ~<~ ${`${typed}${lastLetter}`} order by length(name), name limit ${saltsMax}
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

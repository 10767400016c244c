import type { MedicineCard, SaleDecision } from '@janta/contracts'
import { sql } from 'kysely'
import { divideDown } from '#kernel/money'
import { findPacks, type PackFacts, type Reader } from './find-packs.ts'

/** What the catalogue asks of stock, which it may not import: the composition root fills it. */
export type FindAvailability = (
  packIds: readonly string[],
) => Promise<ReadonlyMap<string, { availablePacks: number; earliestExpiry: string | null }>>

export interface CataloguePorts {
  readonly findAvailability: FindAvailability
}

/** Cards for these packs; ids that are no pack's are absent. */
export async function findCards(
  db: Reader,
  packIds: readonly string[],
  ports: CataloguePorts,
): Promise<Map<string, MedicineCard>> {
  return (await findPacksAndCards(db, packIds, ports)).cards
}

/** The same with the packs they were made of, for who needs both. */
export async function findPacksAndCards(
  db: Reader,
  packIds: readonly string[],
  ports: CataloguePorts,
): Promise<{ packs: Map<string, PackFacts>; cards: Map<string, MedicineCard> }> {
  const [packs, availability, lowest] = await Promise.all([
    findPacks(db, packIds),
    ports.findAvailability(packIds),
    findLowestOfSalt(db, packIds),
  ])
  const cards = new Map<string, MedicineCard>()
  for (const [id, pack] of packs) {
    cards.set(id, cardOf(pack, availability.get(id), lowest.has(id)))
  }
  return { packs, cards }
}

type Availability = { availablePacks: number; earliestExpiry: string | null }

/** The decision matrix shows no price of what is never sold here, and none before a pharmacist has looked. */
export function mayShowPrice(decision: SaleDecision): boolean {
  return decision !== 'blocked' && decision !== 'unclassified'
}

/** What a card shows of the pack itself. */
export type CardFacts = Pick<
  PackFacts,
  | 'id'
  | 'name'
  | 'composition'
  | 'manufacturer'
  | 'form'
  | 'packLabel'
  | 'baseUnit'
  | 'unitsPerPack'
  | 'pricePaise'
  | 'mrpPaise'
  | 'decision'
  | 'isSample'
>

/** The card of a pack, wherever its facts were kept: no price and no stock of what is not sold here. */
export function cardOf(
  pack: CardFacts,
  availability: Availability | undefined,
  isLowest: boolean,
): MedicineCard {
  const isPriced = mayShowPrice(pack.decision)
  const pricePaise = isPriced ? pack.pricePaise : null
  return {
    id: pack.id,
    name: pack.name,
    composition: pack.composition,
    manufacturer: pack.manufacturer,
    form: pack.form,
    packLabel: pack.packLabel,
    baseUnit: pack.baseUnit,
    unitsPerPack: pack.unitsPerPack,
    pricePaise,
    mrpPaise: isPriced ? pack.mrpPaise : null,
    unitPriceMilliPaise:
      pricePaise === null ? null : divideDown(pricePaise * 1_000, pack.unitsPerPack),
    decision: pack.decision,
    availablePacks: isPriced ? (availability?.availablePacks ?? 0) : 0,
    earliestExpiry: isPriced ? (availability?.earliestExpiry ?? null) : null,
    isLowestPriceOfSalt: isPriced && pricePaise !== null && isLowest,
    isSample: pack.isSample,
  }
}

/** Which of these packs cost least per unit among two or more brands of the same medicine. */
async function findLowestOfSalt(db: Reader, packIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select pack.id from catalogue.pack
    where pack.id = any(array(select unnest(${packIds as string[]}::uuid[]))) and not pack.is_discontinued
      and pack.unit_price_milli_paise = (
        select other.unit_price_milli_paise from catalogue.pack as other
        where other.comparable_drug_id = pack.comparable_drug_id and other.base_unit = pack.base_unit
          and not other.is_discontinued and other.unit_price_milli_paise is not null
        order by other.unit_price_milli_paise, other.id limit 1
      )
      and exists (
        select from catalogue.pack as other
        where other.comparable_drug_id = pack.comparable_drug_id and other.base_unit = pack.base_unit
          and not other.is_discontinued and other.unit_price_milli_paise is not null
          and other.medicine_id <> pack.medicine_id
      )`.execute(db)
  return new Set(rows.map(row => row.id))
}

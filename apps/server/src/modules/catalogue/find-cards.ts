import type { MedicineCard } from '@janta/contracts'
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
  const [packs, availability, lowest] = await Promise.all([
    findPacks(db, packIds),
    ports.findAvailability(packIds),
    findLowestOfSalt(db, packIds),
  ])
  const cards = new Map<string, MedicineCard>()
  for (const [id, pack] of packs) {
    cards.set(id, cardOf(pack, availability.get(id), lowest.has(id)))
  }
  return cards
}

type Availability = { availablePacks: number; earliestExpiry: string | null }

function cardOf(
  pack: PackFacts,
  availability: Availability | undefined,
  isLowest: boolean,
): MedicineCard {
  // The decision matrix shows no price of what is never sold here, and none before a pharmacist has looked.
  const isPriced = pack.decision !== 'blocked' && pack.decision !== 'unclassified'
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

/** Which of these packs cost least per unit among two or more makers of the same medicine. */
async function findLowestOfSalt(db: Reader, packIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select pack.id from catalogue.pack
    join catalogue.medicine on medicine.id = pack.medicine_id
    join catalogue.clinical_drug as drug on drug.id = medicine.clinical_drug_id
      and drug.equivalence_key not like '?%'
    cross join lateral (
      select min(other.unit_price_milli_paise) as least, count(distinct brand.id) as brands
      from catalogue.medicine as brand
      join catalogue.pack as other on other.medicine_id = brand.id and other.base_unit = pack.base_unit
      where brand.clinical_drug_id = drug.id and brand.composition_state = 'stated'
        and not other.is_discontinued and other.unit_price_milli_paise is not null
    ) as same
    where pack.id = any(${packIds as string[]}::uuid[]) and not pack.is_discontinued
      and medicine.composition_state = 'stated'
      and same.brands > 1 and pack.unit_price_milli_paise = same.least`.execute(db)
  return new Set(rows.map(row => row.id))
}

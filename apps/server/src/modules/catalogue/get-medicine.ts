import type { MedicineDetail } from '@janta/contracts'
import { sql } from 'kysely'
import { isId } from '#kernel/id'
import { divideHalfUp } from '#kernel/money'
import { Refusal } from '#kernel/refusal'
import { type CataloguePorts, findCards } from './find-cards.ts'
import { findPacks, type Reader } from './find-packs.ts'
import type { Language } from './sale-sentence.ts'

const equivalentsMax = 10
const basisPointsOfOne = 10_000

/** One pack with everything a customer may know of it. Refuses `not_found` for an id that is no pack's. */
export async function getMedicine(
  db: Reader,
  asked: { id: string; language: Language },
  ports: CataloguePorts,
): Promise<MedicineDetail> {
  if (!isId(asked.id)) throw notFound()
  const [packs, more, equivalents] = await Promise.all([
    findPacks(db, [asked.id]),
    findMore(db, asked.id),
    findEquivalents(db, asked.id),
  ])
  const pack = packs.get(asked.id.toLowerCase())
  if (!pack || !more) throw notFound()
  const cards = await findCards(db, [pack.id, ...equivalents], ports)
  const card = cards.get(pack.id)
  if (!card) throw notFound()
  return {
    ...card,
    marketer: more.marketer,
    salts: more.salts.map((name, at) => ({ name, strength: more.strengths[at] ?? '' })),
    storage: more.storage,
    countryOfOrigin: more.countryOfOrigin,
    saleSentence: pack.saleSentence(asked.language),
    schedules: [...pack.schedules],
    priceSplit: splitPrice(card.pricePaise, pack.taxRateBasisPoints),
    equivalents: equivalents.flatMap(id => cards.get(id) ?? []),
  }
}

/**
 * How much of a price is tax. MRP has tax inside, so it is carved out; the two halves (CGST and SGST) are rounded
 * alike, so that they are equal to the paisa.
 */
export function splitPrice(
  pricePaise: number | null,
  taxRateBasisPoints: number | null,
): MedicineDetail['priceSplit'] {
  if (pricePaise === null || taxRateBasisPoints === null) return null
  const half = divideHalfUp(
    pricePaise * taxRateBasisPoints,
    2 * (basisPointsOfOne + taxRateBasisPoints),
  )
  return { taxablePaise: pricePaise - 2 * half, taxPaise: 2 * half, taxRateBasisPoints }
}

interface More {
  marketer: string | null
  storage: string | null
  countryOfOrigin: string | null
  salts: string[]
  strengths: string[]
}

async function findMore(db: Reader, packId: string): Promise<More | undefined> {
  const { rows } = await sql<More>`
    select marketer.name as "marketer", medicine.storage_text as "storage",
      medicine.country_of_origin as "countryOfOrigin",
      array(
        select substance.display_name from catalogue.clinical_drug_salt as salt
        join catalogue.substance on substance.id = salt.substance_id
        where salt.clinical_drug_id = medicine.clinical_drug_id order by salt.position
      ) as "salts",
      array(
        select salt.strength from catalogue.clinical_drug_salt as salt
        where salt.clinical_drug_id = medicine.clinical_drug_id order by salt.position
      ) as "strengths"
    from catalogue.pack
    join catalogue.medicine on medicine.id = pack.medicine_id
    left join catalogue.manufacturer as marketer on marketer.id = medicine.marketer_id
    where pack.id = ${packId}`.execute(db)
  return rows[0]
}

/**
 * The same medicine of other makers, cheapest per unit first. None for what no counter should exchange by itself:
 * narrow therapeutic index, biologics, inhalers, and whatever has an unknown strength, form or further salt.
 */
async function findEquivalents(db: Reader, packId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select other.id
    from catalogue.pack as own
    join catalogue.medicine on medicine.id = own.medicine_id and medicine.composition_state = 'stated'
    join catalogue.clinical_drug as drug on drug.id = medicine.clinical_drug_id
      and drug.equivalence_key not like '?%' and drug.route <> 'inhalation'
    join catalogue.medicine as brand on brand.clinical_drug_id = drug.id and brand.composition_state = 'stated'
    join catalogue.pack as other on other.medicine_id = brand.id and other.id <> own.id
      and other.base_unit = own.base_unit
    where own.id = ${packId} and not other.is_discontinued and other.unit_price_milli_paise is not null
      and not exists (
        select from catalogue.clinical_drug_salt as salt
        join catalogue.substance on substance.id = salt.substance_id
        left join catalogue.substance as base on base.id = substance.base_id
        where salt.clinical_drug_id = drug.id
          and (substance.is_narrow_therapeutic or substance.is_biologic
            or base.is_narrow_therapeutic or base.is_biologic)
      )
    order by other.unit_price_milli_paise, brand.name_key, other.id limit ${equivalentsMax}`.execute(
    db,
  )
  return rows.map(row => row.id)
}

function notFound(): Refusal {
  return new Refusal('not_found', 'We have no such medicine. Search for it by name.')
}

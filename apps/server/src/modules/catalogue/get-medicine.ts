import {
  type EquivalentMedicine,
  type MedicineCard,
  type MedicineDetail,
  type MedicineFacts,
  medicinePath,
} from '@janta/contracts'
import { sql } from 'kysely'
import { isId } from '#kernel/id'
import { divideHalfUp } from '#kernel/money'
import { Refusal } from '#kernel/refusal'
import { savingOf, swapOf, swapSentence } from './equivalent-saving.ts'
import { type CataloguePorts, findPacksAndCards } from './find-cards.ts'
import { type EquivalentFound, findEquivalents } from './find-equivalents.ts'
import { findNotes, notesOf } from './find-notes.ts'
import type { PackFacts, Reader } from './find-packs.ts'
import { findPhotos } from './find-photos.ts'
import { isOffered } from './offering.ts'
import type { Language } from './sale-sentence.ts'

const basisPointsOfOne = 10_000

/** One pack with everything a customer may know of it. Refuses `not_found` for an id that is no pack's. */
export async function getMedicine(
  db: Reader,
  asked: { id: string; language: Language },
  ports: CataloguePorts,
): Promise<MedicineDetail> {
  if (!isId(asked.id)) throw notFound()
  const id = asked.id.toLowerCase()
  const [more, equivalents, photos, notes] = await Promise.all([
    findMore(db, id),
    findEquivalents(db, id),
    findPhotos(db, id),
    findNotes(db, asked.language),
  ])
  if (!more) throw notFound()
  const ids = [id, ...equivalents.map(one => one.id)]
  const { packs, cards } = await findPacksAndCards(db, ids, ports)
  const [pack, card] = [packs.get(id), cards.get(id)]
  if (!pack || !card) throw notFound()
  const swap = swapOf(card.decision)
  return {
    ...card,
    marketer: more.marketer,
    salts: more.salts.map((name, at) => ({ name, strength: more.strengths[at] ?? '' })),
    storage: more.storage,
    countryOfOrigin: more.countryOfOrigin,
    saleSentence: pack.saleSentence(asked.language),
    schedules: [...pack.schedules],
    priceSplit: splitPrice(card.pricePaise, pack.taxRateBasisPoints),
    equivalents: isOffered(pack.terms)
      ? equivalents.flatMap(one => {
          const other = packs.get(one.id)
          return other && isOffered(other.terms)
            ? (equivalentOf(card, cards.get(one.id), one) ?? [])
            : []
        })
      : [],
    swap,
    swapSentence: swapSentence(swap, asked.language),
    priceControl: pack.priceControl,
    notes: notesOf(pack, notes),
    photos: isOffered(pack.terms) ? photos : [],
    facts: factsOf(pack, more),
  }
}

/** What a search engine may know: facts, no praise; nothing of what may not be shown at all. */
function factsOf(pack: PackFacts, more: More): MedicineFacts {
  return {
    path: medicinePath(pack),
    isPrescriptionOnly: pack.decision === 'prescription' || pack.decision === 'store_only',
    activeIngredients: more.salts,
    mayBeListed: isOffered(pack.terms) && pack.showsPrice && !pack.isDiscontinued,
    changedOn: more.changedOn,
  }
}

/** Another brand beside this one; null while its price may not be shown. */
function equivalentOf(
  own: MedicineCard,
  other: MedicineCard | undefined,
  { isJanAushadhi }: EquivalentFound,
): EquivalentMedicine | null {
  if (!other || other.pricePaise === null || own.pricePaise === null) return null
  const saving = savingOf(
    { pricePaise: own.pricePaise, unitsPerPack: own.unitsPerPack },
    { pricePaise: other.pricePaise, unitsPerPack: other.unitsPerPack },
  )
  return { ...other, saving, isJanAushadhi }
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
  changedOn: string
  salts: string[]
  strengths: string[]
}

async function findMore(db: Reader, packId: string): Promise<More | undefined> {
  const { rows } = await sql<More>`
    select marketer.name as "marketer", medicine.storage_text as "storage",
      medicine.country_of_origin as "countryOfOrigin",
      (greatest(pack.changed_at, medicine.changed_at) at time zone 'Asia/Kolkata')::date as "changedOn",
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

function notFound(): Refusal {
  return new Refusal('not_found', 'We have no such medicine. Search for it by name.')
}

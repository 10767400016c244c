import type { FoundMedicine, MedicineForm, SaleDecision } from '@janta/contracts'
import { saleDecisions } from '@janta/contracts'
import { cardOf } from '#modules/catalogue'
import type { MedicineIndex } from './medicine-index.ts'
import type { SearchHit } from './rows.ts'

/** Which decisions of the law reach the PIN given; null when none was given. */
export type Reach = readonly SaleDecision[] | null

/** Cards of the hits, made from memory alone as the catalogue makes them from its tables. */
export function foundMedicines(
  index: MedicineIndex,
  hits: readonly SearchHit[],
  { reach, lowest }: { reach: Reach; lowest: LowestPrices },
): FoundMedicine[] {
  return hits.map(hit => foundMedicine(index, hit, { reach, lowest }))
}

function foundMedicine(
  index: MedicineIndex,
  { ordinal, id, isGuess, differs }: SearchHit,
  more: { reach: Reach; lowest: LowestPrices },
): FoundMedicine {
  const { cards, manufacturers } = index
  const decision = saleDecisions[index.decision(ordinal)] as SaleDecision
  const card = cardOf(
    {
      id,
      name: cards.name(ordinal),
      composition: cards.composition(ordinal),
      manufacturer: manufacturers.texts[index.manufacturer[ordinal]!] ?? '',
      form: cards.form(ordinal) as MedicineForm,
      packLabel: cards.packLabel(ordinal),
      baseUnit: cards.baseUnit(ordinal),
      unitsPerPack: cards.unitsPerPack[ordinal]!,
      pricePaise: orNull(cards.pricePaise[ordinal]!),
      mrpPaise: orNull(cards.mrpPaise[ordinal]!),
      decision,
      isSample: cards.isSample(ordinal),
    },
    {
      availablePacks: cards.availablePacks[ordinal]!,
      earliestExpiry: cards.earliestExpiry(ordinal),
    },
    isLowestOfSalt(index, ordinal, more.lowest),
  )
  const { pricePaise, mrpPaise } = card
  const isKnown = pricePaise !== null && mrpPaise !== null
  return {
    ...card,
    savingPaise: isKnown ? Math.max(0, mrpPaise - pricePaise) : null,
    isGuess,
    differs,
    delivers: more.reach && more.reach.includes(decision),
  }
}

const orNull = (paise: number): number | null => (paise < 0 ? null : paise)

/** What one unit of a medicine costs at least, and whether there are two brands to compare. */
type Lowest = { milliPaise: number; isShared: boolean }

/** By group of the same medicine; good until anything in the index changes. */
export type LowestPrices = Map<number, Lowest>

function isLowestOfSalt(index: MedicineIndex, ordinal: number, known: LowestPrices): boolean {
  const group = index.cards.group[ordinal]!
  if (group === 0 || index.isDiscontinued(ordinal)) return false
  let lowest = known.get(group)
  if (!lowest) {
    lowest = lowestOf(index, ordinal)
    known.set(group, lowest)
  }
  return lowest.isShared && unitMilliPaise(index, ordinal) === lowest.milliPaise
}

function lowestOf(index: MedicineIndex, ordinal: number): Lowest {
  const { cards } = index
  let milliPaise = Number.POSITIVE_INFINITY
  let first = -1
  let isShared = false
  for (const other of cards.sameMedicine(ordinal)) {
    if (index.isDiscontinued(other) || cards.pricePaise[other]! < 0) continue
    milliPaise = Math.min(milliPaise, unitMilliPaise(index, other))
    if (first === -1) first = cards.medicineId[other]!
    else if (first !== cards.medicineId[other]) isShared = true
  }
  return { milliPaise, isShared }
}

function unitMilliPaise({ cards }: MedicineIndex, ordinal: number): number {
  return Math.floor((cards.pricePaise[ordinal]! * 1_000) / cards.unitsPerPack[ordinal]!)
}

import assert from 'node:assert/strict'
import type { MedicineForm, SaleDecision } from '@janta/contracts'
import { type Kysely, sql } from 'kysely'
import type { Day } from '#kernel/day'
import { decisionsNow, readMatrix } from './decision-matrix.ts'
import {
  type ClassDecision,
  type ComponentRule,
  decideSale,
  type DecisionMatrix,
  type SaleClass,
  type SaleFacts,
  type Scheme,
} from './sale-decision.ts'
import type { SaleTerms } from './sale-terms.ts'
import { type Language, saleSentence } from './sale-sentence.ts'
import { capPerPack, sellingPricePaise } from './selling-price.ts'

/** Anything statements can be read through: an open transaction or the autocommit reads. */
export type Reader = Pick<Kysely<unknown>, 'getExecutor'>

/** What other modules may know of a pack, as it stands on one day. */
export interface PackFacts {
  readonly id: string
  readonly name: string
  /** Salts with strengths; empty for everyday items. */
  readonly composition: string
  readonly form: MedicineForm
  readonly packLabel: string
  readonly baseUnit: string
  readonly unitsPerPack: number
  /** Whether a pharmacist lets its strips be cut for a prescription; see `letBeCut`. */
  readonly mayBeCut: boolean
  readonly manufacturer: string
  readonly hsn: string | null
  /** GST in basis points; null when nobody has set the HSN, and then the pack is not sold. */
  readonly taxRateBasisPoints: number | null
  readonly storageClass: 'frozen' | 'cold' | 'cool' | 'room'
  /** The price asked for one pack, never above `mrpPaise`; null while none is known. */
  readonly pricePaise: number | null
  readonly mrpPaise: number | null
  /** Whether a ceiling was notified for this drug; `unknown` until somebody entered it or said there is none. */
  readonly priceControl: 'controlled' | 'not_applicable' | 'unknown'
  /** The notified ceiling of one pack with GST; null without one. `pricePaise` is never above it. */
  readonly capPaise: number | null
  readonly decision: SaleDecision
  /** The row of the decision matrix this pack is held to. */
  readonly saleClass: SaleClass
  /** Whether the matrix lets the shop show a price. */
  readonly showsPrice: boolean
  /** The matrix's cells for its class; what nobody may invoice yet has those of the unknown. */
  readonly terms: SaleTerms
  readonly schedules: readonly Scheme[]
  readonly isDiscontinued: boolean
  readonly isSample: boolean
  /** Why it may or may not be ordered, for the customer. */
  saleSentence(language: Language): string
}

type Judged =
  | 'decision'
  | 'saleClass'
  | 'showsPrice'
  | 'terms'
  | 'schedules'
  | 'saleSentence'
  | 'capPaise'

interface PackRow extends Omit<PackFacts, Judged> {
  kind: string
  ceilingPaise: number | null
  /** The MRP that was on the goods when this price was set. */
  pricedMrpPaise: number | null
  isBanned: boolean
  matrix: string
  compositionState: SaleFacts['compositionState']
  components: string[]
  rules: string[]
}

const packsMax = 2_000

/**
 * The packs of these ids, in one statement, with price, tax and law as of `day` (today in India when left out).
 * An id that is not a pack's is absent from the map. Works in a transaction and on the reads.
 */
export async function findPacks(
  db: Reader,
  packIds: readonly string[],
  day: Day | null = null,
): Promise<Map<string, PackFacts>> {
  if (packIds.length === 0) return new Map()
  assert(packIds.length <= packsMax, `at most ${packsMax} packs are read at once`)
  // What holds of all packs is found once: pulled into the select list it would be asked again for every row.
  // The ids come through a subquery, whose length no planner guesses: one of a known length made it plan the whole
  // statement anew at every call, which took four times as long as running it.
  const { rows } = await sql<PackRow>`
    with asked as materialized (
      select coalesce(${day}::date, kernel.today()) as day, ${decisionsNow} as matrix,
        array(
          select substance_id from catalogue.banned_component
          union
          select salt.id from catalogue.banned_component as banned
          join catalogue.substance as salt on salt.base_id = banned.substance_id
        ) as suspects
    )
    select pack.id, medicine.name, medicine.composition, medicine.form, pack.label as "packLabel",
      pack.base_unit as "baseUnit", pack.units_per_pack as "unitsPerPack",
      pack.may_be_cut as "mayBeCut", coalesce(manufacturer.name, '') as "manufacturer", medicine.hsn,
      tax.rate_basis_points as "taxRateBasisPoints", medicine.storage_class as "storageClass",
      price.price_paise as "pricePaise", price.mrp_paise as "pricedMrpPaise", pack.mrp_paise as "mrpPaise",
      pack.is_discontinued as "isDiscontinued", medicine.is_sample as "isSample", medicine.kind,
      medicine.composition_state as "compositionState",
      coalesce(control.state, 'unknown') as "priceControl", control.ceiling_paise as "ceilingPaise",
      case when exists (
        select from catalogue.clinical_drug_salt as salt
        where salt.clinical_drug_id = medicine.clinical_drug_id and salt.substance_id = any(asked.suspects)
      ) then exists (select from catalogue.bans_of(medicine.clinical_drug_id, asked.day)) else false end as "isBanned", asked.matrix,
      array(
        select salt.substance_id::text from catalogue.clinical_drug_salt as salt
        where salt.clinical_drug_id = medicine.clinical_drug_id order by salt.position
      ) as "components",
      array(
        select salt.substance_id || ' ' || rule.scheme || ' ' || rule.applies_to
        from catalogue.clinical_drug_salt as salt
        join catalogue.substance on substance.id = salt.substance_id
        join catalogue.schedule_rule as rule on rule.substance_id in (substance.id, substance.base_id)
        where salt.clinical_drug_id = medicine.clinical_drug_id
          and rule.effective_from <= asked.day and (rule.effective_to is null or asked.day < rule.effective_to)
        order by salt.position, rule.scheme
      ) as "rules"
    from asked
    join catalogue.pack on pack.id = any(array(select unnest(${packIds as string[]}::uuid[])))
    join catalogue.medicine on medicine.id = pack.medicine_id
    left join catalogue.manufacturer on manufacturer.id = medicine.manufacturer_id
    left join lateral (
      select rate_basis_points from catalogue.tax_rate
      where medicine.hsn like hsn_prefix || '%' and effective_from <= asked.day
        and (effective_to is null or asked.day < effective_to)
      order by length(hsn_prefix) desc limit 1
    ) as tax on true
    left join lateral (
      select price_paise, mrp_paise from catalogue.price
      where price.pack_id = pack.id and from_day <= asked.day
      order by from_day desc, number desc limit 1
    ) as price on true
    left join lateral (
      select state, ceiling_paise from catalogue.price_control
      where price_control.clinical_drug_id = medicine.clinical_drug_id
        and price_control.base_unit = pack.base_unit and effective_from <= asked.day
        and (effective_to is null or asked.day < effective_to)
      order by effective_from desc limit 1
    ) as control on true`.execute(db)
  const matrix = rows[0] && readMatrix(rows[0].matrix)
  return new Map(rows.map(row => [row.id, factsOf(row, matrix ?? new Map())]))
}

function factsOf(row: PackRow, decisions: DecisionMatrix): PackFacts {
  const { kind, compositionState, components, rules, isBanned, matrix: _matrix, ...rest } = row
  const { ceilingPaise: _ceiling, pricedMrpPaise, ...shown } = rest
  const law = decideSale(
    { kind, form: row.form, compositionState, components, rules: rules.map(readRule), isBanned },
    decisions,
  )
  // Nobody may invoice what has no tax rate, and a blocked pack stays blocked.
  const isTaxed = row.taxRateBasisPoints !== null || law.decision === 'blocked'
  const decision = isTaxed ? law.decision : 'unclassified'
  const capPaise = capOf(row)
  const terms = isTaxed ? termsOf(law) : termsOf(decisions.get('unknown') ?? law)
  return {
    ...shown,
    pricePaise:
      row.pricePaise === null
        ? null
        : sellingPricePaise({ displayedPaise: row.pricePaise, mrpPaise: pricedMrpPaise, capPaise }),
    capPaise,
    decision,
    saleClass: law.saleClass,
    showsPrice: terms.showsPrice,
    terms,
    schedules: law.schedules,
    saleSentence: language => saleSentence(decision, law.schedules, language),
  }
}

function termsOf(law: ClassDecision): SaleTerms {
  const { showsInCatalogue, showsPrice, cart, needsPrescription, delivery, pickup } = law
  return { showsInCatalogue, showsPrice, cart, needsPrescription, delivery, pickup }
}

/** A ceiling is without GST; where no rate is known none is added, which can only lower the price. */
function capOf(row: PackRow): number | null {
  if (row.ceilingPaise === null) return null
  return capPerPack({
    ceilingPaise: row.ceilingPaise,
    units: row.unitsPerPack,
    taxRateBasisPoints: row.taxRateBasisPoints ?? 0,
  })
}

function readRule(text: string): ComponentRule {
  const [component, scheme, appliesTo] = text.split(' ')
  assert(component && scheme && appliesTo, `${text} is not a rule`)
  return {
    component,
    scheme: scheme as Scheme,
    appliesTo: appliesTo as ComponentRule['appliesTo'],
  }
}

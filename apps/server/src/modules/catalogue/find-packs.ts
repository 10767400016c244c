import assert from 'node:assert/strict'
import type { MedicineForm, SaleDecision } from '@janta/contracts'
import { type Kysely, sql } from 'kysely'
import type { Day } from '#kernel/day'
import { type ComponentRule, decideSale, type SaleFacts, type Scheme } from './sale-decision.ts'
import { type Language, saleSentence } from './sale-sentence.ts'

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
  readonly manufacturer: string
  readonly hsn: string | null
  /** GST in basis points; null when nobody has set the HSN, and then the pack is not sold. */
  readonly taxRateBasisPoints: number | null
  readonly storageClass: 'frozen' | 'cold' | 'cool' | 'room'
  /** The price asked for one pack, never above `mrpPaise`; null while none is known. */
  readonly pricePaise: number | null
  readonly mrpPaise: number | null
  readonly decision: SaleDecision
  readonly schedules: readonly Scheme[]
  readonly isDiscontinued: boolean
  readonly isSample: boolean
  /** Why it may or may not be ordered, for the customer. */
  saleSentence(language: Language): string
}

interface PackRow extends Omit<PackFacts, 'decision' | 'schedules' | 'saleSentence'> {
  kind: string
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
  const { rows } = await sql<PackRow>`
    select pack.id, medicine.name, medicine.composition, medicine.form, pack.label as "packLabel",
      pack.base_unit as "baseUnit", pack.units_per_pack as "unitsPerPack",
      coalesce(manufacturer.name, '') as "manufacturer", medicine.hsn,
      tax.rate_basis_points as "taxRateBasisPoints", medicine.storage_class as "storageClass",
      price.price_paise as "pricePaise", pack.mrp_paise as "mrpPaise",
      pack.is_discontinued as "isDiscontinued", medicine.is_sample as "isSample", medicine.kind,
      medicine.composition_state as "compositionState",
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
    from (select coalesce(${day}::date, kernel.today()) as day) as asked
    join catalogue.pack on pack.id = any(${packIds as string[]}::uuid[])
    join catalogue.medicine on medicine.id = pack.medicine_id
    left join catalogue.manufacturer on manufacturer.id = medicine.manufacturer_id
    left join lateral (
      select rate_basis_points from catalogue.tax_rate
      where medicine.hsn like hsn_prefix || '%' and effective_from <= asked.day
        and (effective_to is null or asked.day < effective_to)
      order by length(hsn_prefix) desc limit 1
    ) as tax on true
    left join lateral (
      select price_paise from catalogue.price
      where price.pack_id = pack.id and from_day <= asked.day
      order by from_day desc, number desc limit 1
    ) as price on true`.execute(db)
  return new Map(rows.map(row => [row.id, factsOf(row)]))
}

function factsOf(row: PackRow): PackFacts {
  const { kind, compositionState, components, rules, ...shown } = row
  const law = decideSale({
    kind,
    form: row.form,
    compositionState,
    components,
    rules: rules.map(readRule),
  })
  // Nobody may invoice what has no tax rate, and a blocked pack stays blocked.
  const isTaxed = row.taxRateBasisPoints !== null || law.decision === 'blocked'
  const decision = isTaxed ? law.decision : 'unclassified'
  return {
    ...shown,
    decision,
    schedules: law.schedules,
    saleSentence: language => saleSentence(decision, law.schedules, language),
  }
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

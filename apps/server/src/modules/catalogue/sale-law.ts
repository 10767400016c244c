import type { SaleDecision } from '@janta/contracts'
import { sql } from 'kysely'
import { findDecisionMatrix } from './decision-matrix.ts'
import type { Reader } from './find-packs.ts'
import { isOffered } from './offering.ts'
import {
  type ComponentRule,
  decideSale,
  type DecisionMatrix,
  type SaleFacts,
  type Scheme,
} from './sale-decision.ts'
import { capPerPack, sellingPricePaise } from './selling-price.ts'

/** What a price needs to know of one pack. `lawKey` is what the law looks at: `drugId kind form state hsn`. */
export interface JudgedPack {
  readonly lawKey: string
  readonly baseUnit: string
  readonly unitsPerPack: number
  /** What is asked today, before any ceiling. */
  readonly displayedPaise: number | null
}

/** What the law says of every pack with one key. */
export interface LawOfKey {
  readonly decision: SaleDecision
  /** See `isOffered`. */
  readonly isOffered: boolean
}

export interface Judgement extends LawOfKey {
  readonly pricePaise: number | null
}

interface Law {
  readonly matrix: DecisionMatrix
  readonly rules: ReadonlyMap<string, readonly ComponentRule[]>
  readonly substances: ReadonlyMap<number, readonly string[]>
  readonly banned: ReadonlySet<number>
  /** The longest prefix first. */
  readonly taxes: readonly { prefix: string; rateBasisPoints: number }[]
  /** By `drugId baseUnit`, in paise a unit, without GST. */
  readonly ceilings: ReadonlyMap<string, number>
}

/**
 * Today's law and ceilings for every pack at once: read whole, so that a quarter million packs are judged without
 * asking for each. It judges as `findPacks` does; a test compares the two over the whole sample.
 */
export class SaleLaw {
  readonly #law: Law
  readonly #decided = new Map<string, LawOfKey>()

  constructor(law: Law) {
    this.#law = law
  }

  judge(pack: JudgedPack): Judgement {
    return { ...this.decide(pack.lawKey), pricePaise: this.#priceOf(pack) }
  }

  /** What the law says of the packs of this key, whatever they cost. */
  decide(lawKey: string): LawOfKey {
    const known = this.#decided.get(lawKey)
    if (known !== undefined) return known
    const decided = this.#decide(lawKey)
    this.#decided.set(lawKey, decided)
    return decided
  }

  #decide(lawKey: string): LawOfKey {
    const { drugId, kind, form, compositionState, hsn } = readLawKey(lawKey)
    const { matrix, banned } = this.#law
    const components = this.#law.substances.get(drugId) ?? []
    const rules = components.flatMap(component => this.#law.rules.get(component) ?? [])
    const isBanned = banned.has(drugId)
    const facts = { kind, form, compositionState, components, rules, isBanned }
    const law = decideSale(facts, matrix)
    const isTaxed = this.#taxOf(hsn) !== undefined || law.decision === 'blocked'
    const terms = isTaxed ? law : (matrix.get('unknown') ?? law)
    return {
      decision: isTaxed ? law.decision : 'unclassified',
      isOffered: isOffered(terms),
    }
  }

  #taxOf(hsn: string): number | undefined {
    return this.#law.taxes.find(({ prefix }) => hsn.startsWith(prefix))?.rateBasisPoints
  }

  #priceOf(pack: JudgedPack): number | null {
    const { displayedPaise, unitsPerPack: units } = pack
    if (displayedPaise === null || this.#law.ceilings.size === 0) return displayedPaise
    const { drugId, hsn } = readLawKey(pack.lawKey)
    const ceilingPaise = this.#law.ceilings.get(`${drugId} ${pack.baseUnit}`)
    if (ceilingPaise === undefined) return displayedPaise
    const taxRateBasisPoints = this.#taxOf(hsn) ?? 0
    const capPaise = capPerPack({ ceilingPaise, units, taxRateBasisPoints })
    // The price on the pack never exceeds the MRP it was set under: a CHECK of the table.
    return sellingPricePaise({ displayedPaise, mrpPaise: null, capPaise })
  }
}

function readLawKey(lawKey: string) {
  const [drugId = '', kind = '', form = '', state = '', hsn = ''] = lawKey.split(' ')
  const compositionState = state as SaleFacts['compositionState']
  return { drugId: Number(drugId), kind, form, compositionState, hsn }
}

/** Reads the law in force today in six statements. */
export async function readSaleLaw(db: Reader): Promise<SaleLaw> {
  const [matrix, rules, substances, banned, taxes, ceilings] = await Promise.all([
    findDecisionMatrix(db),
    readRules(db),
    readSubstances(db),
    readBanned(db),
    readTaxes(db),
    readCeilings(db),
  ])
  return new SaleLaw({ matrix, rules, substances, banned, taxes, ceilings })
}

async function readRules(db: Reader): Promise<Map<string, ComponentRule[]>> {
  const { rows } = await sql<ComponentRule>`
    select substance.id::text as component, rule.scheme, rule.applies_to as "appliesTo"
    from catalogue.substance
    join catalogue.schedule_rule as rule on rule.substance_id in (substance.id, substance.base_id)
    where rule.effective_from <= kernel.today()
      and (rule.effective_to is null or kernel.today() < rule.effective_to)
    order by substance.id, rule.scheme`.execute(db)
  const bySubstance = new Map<string, ComponentRule[]>()
  for (const { component, scheme, appliesTo } of rows) {
    const known = bySubstance.get(component) ?? []
    bySubstance.set(component, [...known, { component, scheme: scheme as Scheme, appliesTo }])
  }
  return bySubstance
}

async function readSubstances(db: Reader): Promise<Map<number, string[]>> {
  // One text instead of tens of thousands of rows, which would take longer to receive than to find.
  const { rows } = await sql<{ listed: string | null }>`
    select string_agg(drug, E'\n') as listed from (
      select clinical_drug_id || ' ' || string_agg(substance_id::text, ' ' order by position) as drug
      from catalogue.clinical_drug_salt group by clinical_drug_id
    ) as drugs`.execute(db)
  const byDrug = new Map<number, string[]>()
  for (const line of rows[0]?.listed?.split('\n') ?? []) {
    const [drug, ...substances] = line.split(' ')
    byDrug.set(Number(drug), substances)
  }
  return byDrug
}

/** Asked only of drugs with a component that is banned somewhere: few, where all would be tens of thousands. */
async function readBanned(db: Reader): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    with suspected as materialized (
      select distinct salt.clinical_drug_id as id from catalogue.banned_component as banned
      join catalogue.substance on banned.substance_id in (substance.id, substance.base_id)
      join catalogue.clinical_drug_salt as salt on salt.substance_id = substance.id
    )
    select id from suspected where exists (select from catalogue.bans_of(suspected.id, kernel.today()))`.execute(
    db,
  )
  return new Set(rows.map(row => row.id))
}

async function readTaxes(db: Reader): Promise<{ prefix: string; rateBasisPoints: number }[]> {
  const { rows } = await sql<{ prefix: string; rateBasisPoints: number }>`
    select hsn_prefix as prefix, rate_basis_points as "rateBasisPoints" from catalogue.tax_rate
    where effective_from <= kernel.today() and (effective_to is null or kernel.today() < effective_to)
    order by length(hsn_prefix) desc, hsn_prefix`.execute(db)
  return rows
}

async function readCeilings(db: Reader): Promise<Map<string, number>> {
  const { rows } = await sql<{ of: string; ceilingPaise: number }>`
    select clinical_drug_id || ' ' || base_unit as of, ceiling_paise as "ceilingPaise"
    from catalogue.price_control
    where state = 'controlled' and effective_from <= kernel.today()
      and (effective_to is null or kernel.today() < effective_to)`.execute(db)
  return new Map(rows.map(row => [row.of, row.ceilingPaise]))
}

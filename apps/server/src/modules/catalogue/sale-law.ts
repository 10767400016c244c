import type { SaleDecision } from '@janta/contracts'
import { sql } from 'kysely'
import { findDecisionMatrix } from './decision-matrix.ts'
import type { Reader } from './find-packs.ts'
import {
  type ComponentRule,
  decideSale,
  type DecisionMatrix,
  type SaleFacts,
  type Scheme,
} from './sale-decision.ts'

/** What a decision needs to know of one pack. */
export interface JudgedPack {
  readonly drugId: number
  readonly kind: string
  readonly form: string
  readonly compositionState: SaleFacts['compositionState']
  readonly hsn: string
}

/**
 * Today's law for every pack at once: the rules by substance, the substances by drug and the taxed HSN prefixes are
 * read whole, so that a quarter million packs are judged without asking for each. It decides as `findPacks` does.
 */
export class SaleLaw {
  readonly #rules: ReadonlyMap<string, readonly ComponentRule[]>
  readonly #substances: ReadonlyMap<number, readonly string[]>
  readonly #taxed: readonly string[]
  readonly #matrix: DecisionMatrix
  readonly #banned: ReadonlySet<number>
  readonly #decided = new Map<string, SaleDecision>()

  constructor(read: {
    rules: ReadonlyMap<string, readonly ComponentRule[]>
    substances: ReadonlyMap<number, readonly string[]>
    taxed: readonly string[]
    matrix: DecisionMatrix
    banned: ReadonlySet<number>
  }) {
    this.#rules = read.rules
    this.#substances = read.substances
    this.#taxed = read.taxed
    this.#matrix = read.matrix
    this.#banned = read.banned
  }

  decisionOf(pack: JudgedPack): SaleDecision {
    const key = `${pack.drugId} ${pack.kind} ${pack.form} ${pack.compositionState} ${pack.hsn}`
    const known = this.#decided.get(key)
    if (known !== undefined) return known
    const decision = this.#decide(pack)
    this.#decided.set(key, decision)
    return decision
  }

  #decide({ drugId, kind, form, compositionState, hsn }: JudgedPack): SaleDecision {
    const components = this.#substances.get(drugId) ?? []
    const rules = components.flatMap(component => this.#rules.get(component) ?? [])
    const isBanned = this.#banned.has(drugId)
    const facts = { kind, form, compositionState, components, rules, isBanned }
    const { decision } = decideSale(facts, this.#matrix)
    const isTaxed = this.#taxed.some(prefix => hsn.startsWith(prefix))
    return isTaxed || decision === 'blocked' ? decision : 'unclassified'
  }
}

/** Reads the law in force today in five statements. */
export async function readSaleLaw(db: Reader): Promise<SaleLaw> {
  const [rules, substances, taxed, matrix, banned] = await Promise.all([
    readRules(db),
    readSubstances(db),
    readTaxed(db),
    findDecisionMatrix(db),
    readBanned(db),
  ])
  return new SaleLaw({ rules, substances, taxed, matrix, banned })
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

async function readTaxed(db: Reader): Promise<string[]> {
  const { rows } = await sql<{ prefix: string }>`
    select distinct hsn_prefix as prefix from catalogue.tax_rate
    where effective_from <= kernel.today() and (effective_to is null or kernel.today() < effective_to)
    order by hsn_prefix`.execute(db)
  return rows.map(row => row.prefix)
}

/** The drugs a ban in force reaches. */
async function readBanned(db: Reader): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    select distinct salt.clinical_drug_id as id from catalogue.banned_component as one
    join catalogue.substance on one.substance_id in (substance.id, substance.base_id)
    join catalogue.clinical_drug_salt as salt on salt.substance_id = substance.id
    where catalogue.is_banned(salt.clinical_drug_id, kernel.today())
    order by id limit ${bannedMax}`.execute(db)
  return new Set(rows.map(row => row.id))
}

const bannedMax = 100_000

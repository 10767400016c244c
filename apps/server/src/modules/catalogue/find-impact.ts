import type { Classification, Impact, SaleDecision } from '@janta/contracts'
import { sql } from 'kysely'
import type { Day } from '#kernel/day'
import { findDecisionMatrix } from './decision-matrix.ts'
import type { Reader } from './find-packs.ts'
import { impactSentence } from './impact-sentence.ts'
import {
  type ComponentRule,
  type DecisionMatrix,
  decideSale,
  type SaleFacts,
  type Scheme,
} from './sale-decision.ts'

const groupsMax = 50_000
const rulesMax = 50_000
const examplesMax = 5

/**
 * What a classification would do to the packs that hold the substance or a salt of it, on its first day: judged by
 * the law of that day as the books have it, and again with the classification in force.
 */
export async function findImpact(db: Reader, stated: Classification): Promise<Impact> {
  const groups = await findGroups(db, stated.substanceId, stated.from)
  const rules = await findRules(db, stated.substanceId, stated.from)
  const matrix = await findDecisionMatrix(db)
  const changes = new Map<string, Impact['changes'][number]>()
  for (const group of groups) {
    const before = decide(group, rules, matrix)
    const after = decide(group, changedBy(rules, stated), matrix)
    if (before === after) continue
    const known = changes.get(`${before} ${after}`) ?? { before, after, packs: 0, examples: [] }
    known.packs += group.packs
    if (known.examples.length < examplesMax) known.examples.push(group.example)
    changes.set(`${before} ${after}`, known)
  }
  const sorted = [...changes.values()].sort((one, other) => other.packs - one.packs)
  return {
    sentence: impactSentence(sorted, stated.from),
    sentenceHi: impactSentence(sorted, stated.from, 'hi'),
    packs: sorted.reduce((sum, one) => sum + one.packs, 0),
    changes: sorted,
  }
}

/** Packs that one judgement holds for. */
interface Group {
  kind: string
  form: string
  compositionState: SaleFacts['compositionState']
  components: string[]
  isTaxed: boolean
  isBanned: boolean
  packs: number
  example: string
}

async function findGroups(db: Reader, substanceId: number, day: Day): Promise<Group[]> {
  const { rows } = await sql<Group>`
    with reached as (
      select distinct salt.clinical_drug_id as id from catalogue.clinical_drug_salt as salt
      join catalogue.substance on substance.id = salt.substance_id
      where ${substanceId}::integer in (substance.id, substance.base_id)
    ), counted as (
      select reached.id, medicine.kind, medicine.form, medicine.composition_state, medicine.hsn,
        count(*)::integer as packs, min(medicine.name) as example
      from reached
      join catalogue.medicine on medicine.clinical_drug_id = reached.id
      join catalogue.pack on pack.medicine_id = medicine.id and not pack.is_discontinued
      group by reached.id, medicine.kind, medicine.form, medicine.composition_state, medicine.hsn
    )
    select kind, form, composition_state as "compositionState", packs, example,
      array(
        select salt.substance_id::text from catalogue.clinical_drug_salt as salt
        where salt.clinical_drug_id = counted.id order by salt.position
      ) as components,
      exists (
        select from catalogue.tax_rate where counted.hsn like hsn_prefix || '%' and effective_from <= ${day}::date
          and (effective_to is null or ${day}::date < effective_to)
      ) as "isTaxed",
      exists (
        select from catalogue.clinical_drug_salt as salt
        join catalogue.substance on substance.id = salt.substance_id
        where salt.clinical_drug_id = counted.id and exists (
          select from catalogue.banned_component as banned
          where banned.substance_id in (substance.id, substance.base_id))
      ) and catalogue.is_banned(id, ${day}::date) as "isBanned"
    from counted order by packs desc, id, form limit ${groupsMax}`.execute(db)
  return rows
}

/** A rule, and the substance the list itself names: a salt is held to the rules of its base. */
interface Rule extends ComponentRule {
  readonly ruledId: number
}

interface Rules {
  readonly byComponent: ReadonlyMap<string, readonly Rule[]>
  /** The substance classified and its salts. */
  readonly reached: ReadonlySet<string>
}

async function findRules(db: Reader, substanceId: number, day: Day): Promise<Rules> {
  const { rows } = await sql<Rule & { isReached: boolean; scheme: Scheme | null }>`
    select substance.id::text as component, rule.scheme, rule.applies_to as "appliesTo",
      rule.substance_id as "ruledId", ${substanceId}::integer in (substance.id, substance.base_id) as "isReached"
    from catalogue.substance
    left join catalogue.schedule_rule as rule on rule.substance_id in (substance.id, substance.base_id)
      and rule.effective_from <= ${day}::date and (rule.effective_to is null or ${day}::date < rule.effective_to)
    where rule.id is not null or ${substanceId}::integer in (substance.id, substance.base_id)
    order by substance.id, rule.scheme limit ${rulesMax}`.execute(db)
  const byComponent = new Map<string, Rule[]>()
  const reached = new Set<string>()
  for (const { isReached, ...rule } of rows) {
    const known = byComponent.get(rule.component) ?? []
    if (rule.scheme !== null) known.push(rule)
    byComponent.set(rule.component, known)
    if (isReached) reached.add(rule.component)
  }
  return { byComponent, reached }
}

function changedBy({ byComponent, reached }: Rules, stated: Classification): Rules {
  const changed = new Map(byComponent)
  for (const component of reached) {
    const kept = (byComponent.get(component) ?? []).filter(
      one => one.ruledId !== stated.substanceId || !stated.end.includes(one.scheme),
    )
    const added = stated.add.map(one => ({ ...one, component, ruledId: stated.substanceId }))
    changed.set(component, [...kept, ...added])
  }
  return { byComponent: changed, reached }
}

function decide(group: Group, { byComponent }: Rules, matrix: DecisionMatrix): SaleDecision {
  const rules = group.components.flatMap(one => byComponent.get(one) ?? [])
  const { decision } = decideSale({ ...group, rules }, matrix)
  return group.isTaxed || decision === 'blocked' ? decision : 'unclassified'
}

import assert from 'node:assert/strict'
import type { SaleDecision, Scheme } from '@janta/contracts'
import type { SaleTerms } from './sale-terms.ts'

export type { Scheme }

/** What a substance is held to on a day, as a dated list says it (`schedule_rule`). */
export interface ComponentRule {
  readonly component: string
  readonly scheme: Scheme
  readonly appliesTo: 'all' | 'not_external' | 'not_injection'
}

export interface SaleFacts {
  readonly kind: string
  readonly form: string
  readonly compositionState: 'stated' | 'incomplete' | 'absent'
  /** Every component of the pack, whether or not a rule speaks of it. */
  readonly components: readonly string[]
  /** The rules in force on the day asked about. */
  readonly rules: readonly ComponentRule[]
  /** The sale of this formulation is prohibited on that day. */
  readonly isBanned: boolean
}

const externalForms = new Set([
  'cream',
  'ointment',
  'gel',
  'lotion',
  'spray',
  'soap',
  'shampoo',
  'patch',
])
const narcotic = ['NDPS_NARCOTIC', 'NDPS_PSYCHOTROPIC', 'ESSENTIAL_NARCOTIC'] as const
const unadvertised = new Set<Scheme>(['H', 'H1', 'X', ...narcotic, 'MTP'])
/** A list that only traces goods or sets a state's paperwork does not say what a counter may sell. */
export const silentSchemes: ReadonlySet<Scheme> = new Set(['H2', 'K', 'C', 'C1', 'PUNJAB_2021'])

/** The rows of the online decision matrix (`catalogue.decision_rule`), laxest first. */
export const saleClasses = [
  'none',
  'G',
  'C',
  'H',
  'H1',
  'X',
  'NDPS',
  'MTP',
  'banned',
  'unknown',
] as const
export type SaleClass = (typeof saleClasses)[number]

/** What the matrix says of a class in the serving store now, its switches applied. */
export interface ClassDecision extends SaleTerms {
  readonly decision: SaleDecision
}

export type DecisionMatrix = ReadonlyMap<SaleClass, ClassDecision>

/**
 * What the law lets the shop do with a pack: the class it is held to, looked up in the matrix. A product is held to
 * every scheme of every component and the strictest wins: banned, then never online (MTP, NDPS, X) over unknown over
 * H1 over H over the rest. A component without a rule that speaks for this form is unknown, and so is whatever a
 * list cut off: unsellable, not "OTC".
 */
export function decideSale(
  facts: SaleFacts,
  matrix: DecisionMatrix,
): ClassDecision & { saleClass: SaleClass; schedules: Scheme[] } {
  const { saleClass, schedules } = saleClassOf(facts)
  const found = matrix.get(saleClass)
  assert(found, `the decision matrix says nothing of ${saleClass}`)
  return { ...found, saleClass, schedules }
}

/** The class alone, for questions about the law rather than about this store. */
export function saleClassOf(facts: SaleFacts): { saleClass: SaleClass; schedules: Scheme[] } {
  if (facts.kind !== 'drug') return { saleClass: 'none', schedules: [] }
  const rules = facts.rules.filter(rule => speaksFor(rule, facts.form))
  const schemes = new Set(rules.map(rule => rule.scheme))
  const schedules = [...schemes].filter(scheme => scheme !== 'none').sort()
  return { saleClass: strictest(facts, rules, schemes), schedules }
}

/**
 * H, H1 and X may not be advertised (Drugs Rules, Schedule H; Drugs and Magic Remedies Act): no carousel, offer or
 * list that nobody asked for names them, even where they may be sold.
 */
export function mayPromote(pack: {
  readonly decision: SaleDecision
  readonly schedules: readonly Scheme[]
}): boolean {
  return pack.decision === 'open' && !pack.schedules.some(one => unadvertised.has(one))
}

function strictest(
  facts: SaleFacts,
  rules: readonly ComponentRule[],
  schemes: ReadonlySet<Scheme>,
): SaleClass {
  if (facts.isBanned) return 'banned'
  if (schemes.has('MTP')) return 'MTP'
  if (narcotic.some(one => schemes.has(one))) return 'NDPS'
  if (schemes.has('X')) return 'X'
  const spokenFor = new Set(
    rules.filter(rule => !silentSchemes.has(rule.scheme)).map(rule => rule.component),
  )
  const allKnown = facts.components.every(component => spokenFor.has(component))
  if (facts.compositionState !== 'stated' || facts.components.length === 0 || !allKnown) {
    return 'unknown'
  }
  if (schemes.has('H1')) return 'H1'
  if (schemes.has('H')) return 'H'
  if (schemes.has('C') || schemes.has('C1')) return 'C'
  return schemes.has('G') ? 'G' : 'none'
}

/**
 * Schedule H1 spares preparations for external use except those for eye, ear and nose, which are forms of their own
 * here (GSR 588(E)). A statement that something is in no schedule was made for what people swallow or put on the
 * skin; it never frees an injection.
 */
function speaksFor(rule: ComponentRule, form: string): boolean {
  switch (rule.appliesTo) {
    case 'all':
      return true
    case 'not_external':
      return !externalForms.has(form)
    case 'not_injection':
      return form !== 'injection'
  }
}

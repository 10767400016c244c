import type { SaleDecision } from '@janta/contracts'

/** What a substance is held to on a day, as a dated list says it (`schedule_rule`). */
export interface ComponentRule {
  readonly component: string
  readonly scheme: Scheme
  readonly appliesTo: 'all' | 'not_external' | 'not_injection'
}

export type Scheme =
  | 'none'
  | 'G'
  | 'H'
  | 'H1'
  | 'X'
  | 'C'
  | 'C1'
  | 'NDPS_NARCOTIC'
  | 'NDPS_PSYCHOTROPIC'
  | 'ESSENTIAL_NARCOTIC'
  | 'MTP'
  | 'PUNJAB_2021'
  | 'K'
  | 'H2'

export interface SaleFacts {
  readonly kind: string
  readonly form: string
  readonly compositionState: 'stated' | 'incomplete' | 'absent'
  /** Every component of the pack, whether or not a rule speaks of it. */
  readonly components: readonly string[]
  /** The rules in force on the day asked about. */
  readonly rules: readonly ComponentRule[]
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
const neverOnline = new Set<Scheme>([
  'X',
  'NDPS_NARCOTIC',
  'NDPS_PSYCHOTROPIC',
  'ESSENTIAL_NARCOTIC',
  'MTP',
])
// A list that only traces goods or sets a state's paperwork does not say what a counter may sell.
const silent = new Set<Scheme>(['H2', 'K', 'C', 'C1', 'PUNJAB_2021'])

/**
 * What the law lets the shop do with a pack. A product is held to every scheme of every component and the
 * strictest wins: never online (X, NDPS, MTP) over unknown over H1 over H over open. A component without a rule
 * that speaks for this form is unknown, and so is whatever a list cut off: unsellable, not "OTC".
 */
export function decideSale(facts: SaleFacts): { decision: SaleDecision; schedules: Scheme[] } {
  if (facts.kind !== 'drug') return { decision: 'open', schedules: [] }
  const rules = facts.rules.filter(rule => speaksFor(rule, facts.form))
  const schemes = new Set(rules.map(rule => rule.scheme))
  const schedules = [...schemes].filter(scheme => scheme !== 'none').sort()
  return { decision: strictest(facts, rules, schemes), schedules }
}

function strictest(
  facts: SaleFacts,
  rules: readonly ComponentRule[],
  schemes: ReadonlySet<Scheme>,
): SaleDecision {
  if ([...schemes].some(scheme => neverOnline.has(scheme))) return 'blocked'
  const spokenFor = new Set(
    rules.filter(rule => !silent.has(rule.scheme)).map(rule => rule.component),
  )
  const allKnown = facts.components.every(component => spokenFor.has(component))
  if (facts.compositionState !== 'stated' || facts.components.length === 0 || !allKnown) {
    return 'unclassified'
  }
  if (schemes.has('H1')) return 'store_only'
  return schemes.has('H') ? 'prescription' : 'open'
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

import type { ClinicalFinding, Patient, verdicts } from '@janta/contracts'
import type { PackIdentityFacts } from '#modules/catalogue'

/** One rule of a list: what it speaks of, what the pharmacist reads, and where it is written. */
export type ClinicalRule = {
  readonly sentence: string
  readonly source: string
} & (
  | { readonly kind: 'duplicate_salt' }
  | { readonly kind: 'allergy'; readonly allergyClass: string; readonly substance: string }
  | { readonly kind: 'age'; readonly substance: string; readonly belowYears: number }
  | { readonly kind: 'interaction'; readonly substance: string; readonly other: string }
)

export type Finding = ClinicalFinding

/** What is looked at: the lines not refused, and what the customer said of the patient. */
export interface Looked {
  readonly rules: readonly ClinicalRule[]
  readonly lines: readonly {
    readonly line: number
    readonly packId: string
    readonly verdict: (typeof verdicts)[number] | null
  }[]
  readonly identities: ReadonlyMap<string, PackIdentityFacts>
  /** Packs the patient takes already. */
  readonly current: readonly string[]
  readonly patient: Pick<Patient, 'allergies'> | null
  readonly ageYears: number | null
}

interface Taken {
  readonly line: number | null
  readonly pack: PackIdentityFacts
}

/**
 * What the rules say, each finding once, in the order of the list. Nothing found is no proof of safety: only what the
 * list names is looked for, and only in what was told of the patient.
 */
export function findingsOf(looked: Looked): Finding[] {
  const ordered = looked.lines.flatMap(({ line, packId, verdict }): Taken[] => {
    const pack = looked.identities.get(packId)
    return verdict === 'refused' || !pack ? [] : [{ line, pack }]
  })
  const current = looked.current.flatMap((packId): Taken[] => {
    const pack = looked.identities.get(packId)
    // What is ordered again, in this brand or another, is no second medicine.
    const isAgain = ordered.some(one => pack && isSameDrug(one.pack, pack))
    return pack && !isAgain ? [{ line: null, pack }] : []
  })
  const found = looked.rules.flatMap(rule => findingsOfRule(rule, { ...looked, ordered, current }))
  return [...new Map(found.map(one => [one.key, one])).values()]
}

type Scene = Omit<Looked, 'current'> & {
  readonly ordered: readonly Taken[]
  readonly current: readonly Taken[]
}

function findingsOfRule(rule: ClinicalRule, scene: Scene): Finding[] {
  const { sentence, source, kind } = rule
  const finding = (key: string, taken: readonly Taken[]): Finding[] => {
    const lines = [...new Set(taken.flatMap(one => one.line ?? []))].sort((one, two) => one - two)
    return lines.length === 0 ? [] : [{ key: `${kind}:${key}`, kind, lines, sentence, source }]
  }
  switch (rule.kind) {
    case 'duplicate_salt':
      return duplicates(scene).flatMap(({ substance, taken }) => finding(substance, taken))
    case 'age':
      return scene.ageYears !== null && scene.ageYears < rule.belowYears
        ? finding(rule.substance, holding(scene.ordered, rule.substance))
        : []
    case 'allergy':
      return scene.patient?.allergies?.some(one => one.class === rule.allergyClass)
        ? finding(`${rule.allergyClass}:${rule.substance}`, holding(scene.ordered, rule.substance))
        : []
    case 'interaction': {
      const all = [...scene.ordered, ...scene.current]
      const [one, other] = [holding(all, rule.substance), holding(all, rule.other)]
      return one.length > 0 && other.length > 0
        ? finding(`${rule.substance}:${rule.other}`, [...one, ...other])
        : []
    }
  }
}

/** Substances that come twice, in different medicines. */
function duplicates({ ordered, current }: Scene) {
  const all = [...ordered, ...current]
  const substances = [...new Set(ordered.flatMap(one => one.pack.substances))].sort()
  return substances.flatMap(substance => {
    const taken = holding(all, substance)
    const isTwice = taken.some(one => !isSameMedicine(one.pack, taken[0]!.pack))
    return isTwice ? [{ substance, taken }] : []
  })
}

const holding = (taken: readonly Taken[], substance: string): Taken[] =>
  taken.filter(one => one.pack.substances.includes(substance))

const isSameMedicine = (one: PackIdentityFacts, other: PackIdentityFacts): boolean =>
  one.medicine === other.medicine

const isSameDrug = (one: PackIdentityFacts, other: PackIdentityFacts): boolean =>
  isSameMedicine(one, other) || (one.drug !== null && one.drug === other.drug)

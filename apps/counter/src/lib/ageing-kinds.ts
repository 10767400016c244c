import { type Ageing, ageingKinds } from '@janta/contracts'

export type AgeingKind = (typeof ageingKinds)[number]
type Bucket = Ageing['buckets'][number]

/** What no machine can end: somebody must decide. The rest arrives by itself or is asked about. */
const needPerson: readonly AgeingKind[] = [
  'held',
  'refund_failed',
  'refund_proposed',
  'refund_late',
]

export function needsPerson(kind: AgeingKind): boolean {
  return needPerson.includes(kind)
}

export function countOf(bucket: Bucket): number {
  return bucket.dayCount + bucket.weekCount + bucket.olderCount
}

/** The kinds that wait, in the order of the contract: what needs a person first. */
export function inOrder(buckets: readonly Bucket[]): Bucket[] {
  return ageingKinds.flatMap(kind => buckets.filter(bucket => bucket.kind === kind))
}

import type { PrescriptionReason, ReviewObstacle, Scheme, verdicts } from '@janta/contracts'
import type { PackFacts, PackIdentityFacts } from '#modules/catalogue'
import type { Day } from '#kernel/day'
import type { ReadItem, ReadPrescription } from './find-prescriptions.ts'
import { type Lane, type StoreRule, windowReason } from './prescription-window.ts'
import { allowanceOf, supplyReason } from './repeat-rule.ts'
import { missingFields } from './required-fields.ts'
import { unitsApproved, unitsInPacks } from './strip-rounding.ts'
import { substitutionReason } from './substitution.ts'
import { teleReason } from './tele-rule.ts'

export interface JudgedLine {
  readonly line: number
  readonly packId: string
  readonly verdict: (typeof verdicts)[number] | null
  readonly approvedPacks: number | null
  /** Where the last pack is cut. */
  readonly approvedUnits: number | null
  readonly itemId: string | null
}

/** Everything a review is judged by; nothing is asked of a clock or a database. */
export interface JudgedReview {
  readonly orderId: string
  readonly lane: Lane
  readonly on: Day
  readonly rule: StoreRule
  readonly lines: readonly JudgedLine[]
  /** Read at this review and approved before, so that every linked item is among them. */
  readonly prescriptions: readonly ReadPrescription[]
  readonly packs: ReadonlyMap<string, Pick<PackFacts, 'unitsPerPack' | 'schedules' | 'terms'>>
  readonly identities: ReadonlyMap<string, PackIdentityFacts>
  /** Prescriptions whose like stands on record under another entry. */
  readonly duplicates: ReadonlySet<string>
}

const controlled = new Set<Scheme>(['H', 'H1', 'X'])

/** What stands in the way of an approval, by line and by paper; empty when it may be approved. */
export function obstaclesOf(review: JudgedReview): ReviewObstacle[] {
  const supplied = review.lines.filter(line => line.verdict !== 'refused')
  const used = review.prescriptions.filter(one =>
    one.items.some(item => supplied.some(line => line.itemId === item.id)),
  )
  return [
    ...used.flatMap(one => paperObstacles(review, one, supplied)),
    ...review.lines.flatMap(line => lineObstacles(review, line)),
  ]
}

function paperObstacles(
  review: JudgedReview,
  one: ReadPrescription,
  supplied: readonly JudgedLine[],
): ReviewObstacle[] {
  const prescription = review.prescriptions.indexOf(one)
  const about = (code: ReviewObstacle['code'], field: string | null): ReviewObstacle => ({
    ...nowhere,
    prescription,
    field,
    code,
  })
  if (one.state === 'approved') return []
  const lines = supplied.filter(line => one.items.some(item => item.id === line.itemId))
  const schemes = new Set(lines.flatMap(line => review.packs.get(line.packId)?.schedules ?? []))
  const stated = { ...one, isTele: one.teleMode !== null }
  const missing = missingFields(stated, schemes).map(({ field, reason }) => about(reason, field))
  const isDuplicate = review.duplicates.has(one.id) && one.duplicateReason === null
  return [...missing, ...(isDuplicate ? [about('duplicate_prescription', 'duplicateReason')] : [])]
}

function lineObstacles(review: JudgedReview, line: JudgedLine): ReviewObstacle[] {
  const about = (
    code: ReviewObstacle['code'],
    at: Partial<ReviewObstacle> = {},
  ): ReviewObstacle => ({
    ...nowhere,
    ...at,
    line: line.line,
    code,
  })
  if (line.verdict === null) return [about('verdict_missing')]
  if (line.verdict === 'refused') return []
  const pack = review.packs.get(line.packId)
  if (!pack || pack.terms.cart === 'no') return [about('prohibited_drug')]
  if (review.lane === 'delivery' && pack.terms.delivery === 'never') return [about('pickup_only')]
  const paper = review.prescriptions.find(one => one.items.some(item => item.id === line.itemId))
  const item = paper?.items.find(one => one.id === line.itemId)
  if (!paper || !item) return [about('item_missing')]
  const at = {
    prescription: review.prescriptions.indexOf(paper),
    item: paper.items.indexOf(item),
  }
  const reasons = [
    preparationReason(review, line, item),
    paper.teleMode !== null && paper.teleConsultation !== null
      ? teleReason(
          { mode: paper.teleMode, consultation: paper.teleConsultation },
          item.teleList,
          pack.schedules,
        )
      : null,
    ...quantityReasons(review, paper, item),
  ]
  return reasons.flatMap(reason => (reason === null ? [] : [about(reason, at)]))
}

function preparationReason(
  { packs, identities }: JudgedReview,
  line: JudgedLine,
  item: ReadItem,
): PrescriptionReason | 'medicine_not_matched' | null {
  const written = item.packId === null ? undefined : identities.get(item.packId)
  const ordered = identities.get(line.packId)
  if (!written || !ordered) return 'medicine_not_matched'
  const schedules = packs.get(line.packId)?.schedules ?? []
  const isScheduled = schedules.some(scheme => controlled.has(scheme))
  return substitutionReason(item.writtenAs, written, ordered, isScheduled)
}

/** Several lines of one item are one supply: what they take together is held against what is left. */
function quantityReasons(
  review: JudgedReview,
  paper: ReadPrescription,
  item: ReadItem,
): (PrescriptionReason | 'quantity_missing' | null)[] {
  if (item.units === null) return ['quantity_missing']
  const allowance = allowanceOf(
    { ...item, units: item.units },
    item.uses,
    review.orderId,
    review.rule.repeatGraceDays,
  )
  const lines = review.lines.filter(one => one.verdict !== 'refused' && one.itemId === item.id)
  const unitsOf = (one: JudgedLine) => review.packs.get(one.packId)?.unitsPerPack ?? 0
  const approved = lines.reduce((sum, one) => sum + unitsApproved(one, unitsOf(one)), 0)
  // What this order was supplied before a paper was read anew is done, and is not judged again.
  const units = approved - allowance.ownUnits
  if (units <= 0 && allowance.ownUnits > 0) return []
  const { isRepeat } = allowance
  const late = windowReason(paper, { on: review.on, lane: review.lane, isRepeat }, review.rule)
  // A missing date is told of the paper already.
  if (late !== null) return [late === 'no_date' ? null : late]
  const smallest = Math.min(...lines.map(unitsOf))
  const nowUnits = unitsInPacks(allowance.nowUnits, smallest, item.isSmallestPack)
  return [supplyReason({ ...allowance, nowUnits }, { units, on: review.on })]
}

const nowhere = { line: null, prescription: null, item: null, field: null } as const

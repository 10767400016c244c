import type { Patient } from '@janta/contracts'
import { sql } from 'kysely'
import {
  findPackIdentities,
  findPacks,
  type PackFacts,
  type PackIdentityFacts,
  type Reader,
} from '#modules/catalogue'
import type { Day } from '#kernel/day'
import { type ClinicalList, findClinicalList } from './find-clinical-list.ts'
import { type Finding, findingsOf } from './clinical-findings.ts'
import { findDuplicates } from './find-duplicates.ts'
import { findPatient } from './find-patients.ts'
import {
  findEarlierPrescriptions,
  findReviewPrescriptions,
  type ReadPrescription,
} from './find-prescriptions.ts'
import { findStoreRule } from './find-store-rule.ts'
import type { FoundReviewLine, ReviewState } from './find-reviews.ts'
import { reviewState } from './find-reviews.ts'
import { reviewNotFound } from './lock-review.ts'
import type { Lane, StoreRule } from './prescription-window.ts'
import { obstaclesOf } from './review-obstacles.ts'

export interface ReviewRow {
  readonly id: string
  readonly orderId: string
  readonly orderNumber: string | null
  readonly personId: string
  readonly storeId: string
  readonly patientId: string | null
  readonly customerName: string | null
  readonly customerAddress: string | null
  readonly lane: Lane
  readonly state: ReviewState
  readonly schemes: PackFacts['schedules'][number][]
  readonly openedAt: Date
  readonly dueAt: Date
  readonly claimedBy: string | null
  readonly claimedUntil: Date | null
  readonly version: number
  readonly today: Day
}

export type ReviewLineRow = FoundReviewLine & {
  readonly note: string | null
  readonly itemId: string | null
}

/** A review with everything it is judged by, and the judgement. */
export interface ReviewFacts {
  readonly review: ReviewRow
  readonly rule: StoreRule
  readonly lines: readonly ReviewLineRow[]
  readonly prescriptions: readonly ReadPrescription[]
  readonly earlier: readonly ReadPrescription[]
  readonly packs: ReadonlyMap<string, PackFacts>
  readonly identities: ReadonlyMap<string, PackIdentityFacts>
  readonly patient: Patient | null
  readonly list: ClinicalList | null
  readonly obstacles: ReturnType<typeof obstaclesOf>
  readonly findings: readonly Finding[]
}

/** Reads a review through a transaction or the reads, and judges it as of today. Refuses `not_found`. */
export async function findReviewFacts(db: Reader, id: string): Promise<ReviewFacts> {
  const review = await findRow(db, id)
  const [lines, { prescriptions, earlier }, rule, patient, list] = await Promise.all([
    findLines(db, id),
    findPapers(db, review),
    findStoreRule(db, review.storeId),
    review.patientId === null ? undefined : findPatient(db, review.personId, review.patientId),
    findClinicalList(db),
  ])
  const current = patient?.medicines.flatMap(one => one.medicineId ?? []) ?? []
  const read = [...prescriptions, ...earlier]
  const matched = read.flatMap(one => one.items.flatMap(item => item.packId ?? []))
  const packIds = [...new Set([...lines.map(line => line.packId), ...matched, ...current])]
  const [packs, identities, duplicates] = await Promise.all([
    findPacks(db, packIds),
    findPackIdentities(db, packIds),
    findDuplicates(db, prescriptions),
  ])
  const { orderId, lane, today: on } = review
  const judged = {
    orderId,
    lane,
    on,
    rule,
    lines,
    prescriptions: read,
    packs,
    identities,
    duplicates,
  }
  const facts = { review, rule, lines, prescriptions, earlier, packs, identities }
  return {
    ...facts,
    list: list ?? null,
    patient: patient ?? null,
    obstacles: obstaclesOf(judged),
    findings: findingsOf({
      rules: list?.rules ?? [],
      lines,
      identities,
      current,
      patient: patient ?? null,
      ageYears: prescriptions[0]?.patientAgeYears ?? patient?.ageYears ?? null,
    }),
  }
}

/**
 * What is being read, and what was approved before. Of a review that opened again the papers approved at it are among
 * the latter: its lines stand on them as they are, and they are not read a second time.
 */
async function findPapers(
  db: Reader,
  { id, personId, state }: ReviewRow,
): Promise<Pick<ReviewFacts, 'prescriptions' | 'earlier'>> {
  const [own, others] = await Promise.all([
    findReviewPrescriptions(db, id),
    findEarlierPrescriptions(db, personId, id),
  ])
  if (state === 'decided' || state === 'withdrawn') return { prescriptions: own, earlier: others }
  return {
    prescriptions: own.filter(one => one.state === 'draft'),
    earlier: [...own.filter(one => one.state === 'approved'), ...others],
  }
}

async function findRow(db: Reader, id: string): Promise<ReviewRow> {
  const { rows } = await sql<ReviewRow>`
    select id, order_id as "orderId", order_number as "orderNumber", person_id as "personId", store_id as "storeId",
      patient_id as "patientId", customer_name as "customerName", customer_address as "customerAddress", lane,
      ${reviewState} as state, schemes, opened_at as "openedAt", due_at as "dueAt",
      case when claimed_until > kernel.now() then claimed_by end as "claimedBy",
      case when claimed_until > kernel.now() then claimed_until end as "claimedUntil", version,
      kernel.today()::text as today
    from prescriptions.review where id = ${id}`.execute(db)
  const [row] = rows
  if (!row) throw reviewNotFound()
  return row
}

async function findLines(db: Reader, reviewId: string): Promise<ReviewLineRow[]> {
  const { rows } = await sql<ReviewLineRow>`
    select line, pack_id as "packId", asked_packs as "askedPacks", verdict, approved_packs as "approvedPacks",
      approved_units as "approvedUnits", code, note, item_id as "itemId"
    from prescriptions.review_line where review_id = ${reviewId} order by line`.execute(db)
  return rows
}

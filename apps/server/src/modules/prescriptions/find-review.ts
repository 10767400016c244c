import type {
  Patient,
  Prescription,
  PrescriptionItem,
  PrescriptionReason,
  Review,
  ReviewLine,
} from '@janta/contracts'
import { sql } from 'kysely'
import type { PackFacts, Reader } from '#modules/catalogue'
import { findNames } from '#modules/identity'
import type { Caller } from '#kernel/caller'
import {
  findRevokedPrescriptions,
  type ReadItem,
  type ReadPrescription,
} from './find-prescriptions.ts'
import { findReviewQuestions } from './find-questions.ts'
import { findReviewFacts, type ReviewFacts } from './find-review-facts.ts'
import { findUploads } from './find-uploads.ts'
import { allowanceOf } from './repeat-rule.ts'

/** A review with everything the desk shows; refuses `not_found`. Whoever calls it writes the look down. */
export async function findReview(db: Reader, caller: Caller, id: string): Promise<Review> {
  const [facts, uploads, questions, revoked] = await Promise.all([
    findReviewFacts(db, id),
    findPages(db, id),
    findReviewQuestions(db, id),
    findRevokedPrescriptions(db, id),
  ])
  const { review, patient, list, prescriptions, earlier } = facts
  const names = review.claimedBy === null ? undefined : await findNames(db, [review.claimedBy])
  const { customerName, customerAddress, personId: _person, storeId: _store, ...head } = review
  return {
    ...head,
    patientName: prescriptions[0]?.patientName ?? patient?.name ?? customerName,
    openedAt: review.openedAt.toISOString(),
    dueAt: review.dueAt.toISOString(),
    claimedBy: names?.get(review.claimedBy ?? '') ?? null,
    isMine: review.claimedBy !== null && review.claimedBy === caller.personId,
    claimedUntil: review.claimedUntil?.toISOString() ?? null,
    lines: facts.lines.map(line => lineOf(line, facts.packs.get(line.packId))),
    customer: { name: customerName, address: customerAddress },
    patient: patient && patientOf(patient),
    uploads,
    prescriptions: prescriptions.map(one => prescriptionOf(facts, one)),
    revoked: revoked.map(one => prescriptionOf(facts, one)),
    earlier: earlier.map(one => prescriptionOf(facts, one)),
    questions,
    obstacles: facts.obstacles,
    findings: [...facts.findings],
    clinicalList: list ? `${list.number}: ${list.confirmedBy}` : null,
  }
}

function patientOf(patient: Patient): NonNullable<Review['patient']> {
  const { name, ageYears, sex, allergies, medicines } = patient
  return {
    name,
    ageYears,
    sex,
    allergies: allergies?.map(one => one.words) ?? null,
    medicines: medicines.map(one => one.words),
  }
}

function lineOf(line: ReviewFacts['lines'][number], pack: PackFacts | undefined): ReviewLine {
  return {
    line: line.line,
    medicineId: line.packId,
    name: pack?.name ?? '',
    composition: pack?.composition ?? '',
    packLabel: pack?.packLabel ?? '',
    baseUnit: pack?.baseUnit ?? '',
    unitsPerPack: pack?.unitsPerPack ?? 1,
    schemes: [...(pack?.schedules ?? [])],
    askedPacks: line.askedPacks,
    verdict: line.verdict,
    approvedPacks: line.approvedPacks,
    approvedUnits: line.approvedUnits,
    mayBeCut: pack?.mayBeCut ?? false,
    code: line.code as PrescriptionReason | null,
    note: line.note,
    itemId: line.itemId,
  }
}

function prescriptionOf(facts: ReviewFacts, one: ReadPrescription): Prescription {
  const { teleMode, teleConsultation } = one
  return {
    id: one.id,
    state: one.state,
    prescriber: {
      name: one.prescriberName,
      qualification: one.prescriberQualification,
      registration: one.prescriberRegistration,
      council: one.prescriberCouncil,
      address: one.prescriberAddress,
    },
    patient: {
      name: one.patientName,
      address: one.patientAddress,
      addressSource: one.addressSource,
      ageYears: one.patientAgeYears,
      sex: one.patientSex,
    },
    issuedOn: one.issuedOn,
    hasSignature: one.hasSignature,
    course: one.course,
    tele:
      teleMode === null || teleConsultation === null
        ? null
        : { mode: teleMode, consultation: teleConsultation, hasConsent: one.hasTeleConsent },
    duplicateReason: one.duplicateReason,
    replacesId: one.replacesId,
    items: one.items.map(item => itemOf(facts, item)),
    approvedAt: one.approvedAt?.toISOString() ?? null,
    pharmacistName: one.pharmacistName,
    pharmacistRegistration: one.pharmacistRegistration,
    revokeReason: one.revokeReason,
  }
}

function itemOf({ packs, review, rule }: ReviewFacts, item: ReadItem): PrescriptionItem {
  const { units } = item
  const allowance =
    units === null
      ? null
      : allowanceOf({ ...item, units }, item.uses, review.orderId, rule.repeatGraceDays)
  return {
    id: item.id,
    written: item.written,
    writtenAs: item.writtenAs,
    medicineId: item.packId,
    medicineName: item.packId === null ? null : (packs.get(item.packId)?.name ?? null),
    directions: item.directions,
    writtenUnits: item.unitsSource === 'written' ? units : null,
    unitsBasis: item.basis,
    repeat: { authority: item.authority, times: item.times, intervalDays: item.intervalDays },
    teleList: item.teleList,
    isSmallestPack: item.isSmallestPack,
    units,
    allowance: allowance && {
      remainingUnits: allowance.remainingUnits,
      nowUnits: allowance.nowUnits,
      occasions: allowance.occasions,
      occasionsUsed: allowance.occasionsUsed,
      nextOn: allowance.nextOn,
    },
  }
}

async function findPages(db: Reader, reviewId: string): Promise<Review['uploads']> {
  const { rows } = await sql<{ uploadId: string }>`
    select upload_id as "uploadId" from prescriptions.review_upload
    where review_id = ${reviewId} order by position`.execute(db)
  const ids = rows.map(row => row.uploadId)
  const found = new Map((await findUploads(db, ids)).map(one => [one.id, one]))
  return ids.flatMap(id => {
    const upload = found.get(id)
    return upload ? [{ id, pages: [...upload.pages], alike: [...upload.alike] }] : []
  })
}

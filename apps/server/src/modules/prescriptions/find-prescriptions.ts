import type { Directions } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import type { Day } from '#kernel/day'
import type { Course } from './prescription-window.ts'
import type { Use } from './repeat-rule.ts'
import type { WrittenAs } from './substitution.ts'
import type { Teleconsultation, TeleList } from './tele-rule.ts'

/** One paper as it was read. */
export interface ReadPrescription {
  readonly id: string
  readonly reviewId: string
  readonly personId: string
  readonly state: 'draft' | 'approved' | 'revoked'
  readonly prescriberName: string | null
  readonly prescriberQualification: string | null
  readonly prescriberRegistration: string | null
  readonly prescriberCouncil: string | null
  readonly prescriberAddress: string | null
  readonly patientName: string | null
  readonly patientAddress: string | null
  readonly addressSource: 'prescription' | 'customer'
  readonly patientAgeYears: number | null
  readonly patientSex: 'female' | 'male' | 'other' | null
  readonly issuedOn: Day | null
  readonly hasSignature: boolean
  readonly course: Course
  readonly teleMode: Teleconsultation['mode'] | null
  readonly teleConsultation: Teleconsultation['consultation'] | null
  readonly hasTeleConsent: boolean
  readonly fingerprint: Buffer | null
  readonly duplicateReason: string | null
  readonly replacesId: string | null
  readonly approvedAt: Date | null
  readonly pharmacistName: string | null
  readonly pharmacistRegistration: string | null
  readonly revokeReason: string | null
  readonly items: readonly ReadItem[]
}

/** One item of it, with what was supplied on every reading of the same line. */
export interface ReadItem {
  readonly id: string
  readonly prescriptionId: string
  readonly written: string
  readonly writtenAs: WrittenAs
  readonly packId: string | null
  readonly directions: Directions | null
  readonly units: number | null
  readonly unitsSource: 'written' | 'computed'
  readonly basis: 'each' | 'total'
  readonly authority: 'once' | 'times' | 'unstated'
  readonly times: number | null
  readonly intervalDays: number | null
  readonly teleList: TeleList | null
  readonly isSmallestPack: boolean
  readonly rootId: string
  readonly uses: readonly Use[]
}

const prescriptionsMax = 20

/** Drafts and approved readings of a review, in their order; revoked ones are left out. */
export async function findReviewPrescriptions(
  db: Reader,
  reviewId: string,
): Promise<ReadPrescription[]> {
  const { rows } = await sql<Omit<ReadPrescription, 'items'>>`
    select ${columns} from prescriptions.prescription
    where review_id = ${reviewId} and state <> 'revoked' order by position, id limit ${prescriptionsMax}`.execute(
    db,
  )
  return withItems(db, rows)
}

/** Readings of a review that were revoked, the last first. */
export async function findRevokedPrescriptions(
  db: Reader,
  reviewId: string,
): Promise<ReadPrescription[]> {
  const { rows } = await sql<Omit<ReadPrescription, 'items'>>`
    select ${columns} from prescriptions.prescription
    where review_id = ${reviewId} and state = 'revoked' order by revoked_at desc, id limit ${prescriptionsMax}`.execute(
    db,
  )
  return withItems(db, rows)
}

/** What was approved for a person at other reviews and not revoked, the last first. */
export async function findEarlierPrescriptions(
  db: Reader,
  personId: string,
  exceptReviewId: string,
): Promise<ReadPrescription[]> {
  const { rows } = await sql<Omit<ReadPrescription, 'items'>>`
    select ${columns} from prescriptions.prescription
    where person_id = ${personId} and state = 'approved' and review_id <> ${exceptReviewId}
    order by approved_at desc, id limit ${prescriptionsMax}`.execute(db)
  return withItems(db, rows)
}

/** A prescription by its id once it was approved, also when it was revoked since; undefined for any other id. */
export async function findApprovedPrescription(
  db: Reader,
  id: string,
): Promise<ReadPrescription | undefined> {
  const { rows } = await sql<Omit<ReadPrescription, 'items'>>`
    select ${columns} from prescriptions.prescription where id = ${id} and state <> 'draft'`.execute(
    db,
  )
  return (await withItems(db, rows))[0]
}

const columns = sql`
  id, review_id as "reviewId", person_id as "personId", state, prescriber_name as "prescriberName",
  prescriber_qualification as "prescriberQualification", prescriber_registration as "prescriberRegistration",
  prescriber_council as "prescriberCouncil", prescriber_address as "prescriberAddress", patient_name as "patientName",
  patient_address as "patientAddress", address_source as "addressSource", patient_age_years as "patientAgeYears",
  patient_sex as "patientSex", issued_on as "issuedOn", has_signature as "hasSignature", course,
  tele_mode as "teleMode", tele_consultation as "teleConsultation", has_tele_consent as "hasTeleConsent", fingerprint,
  duplicate_reason as "duplicateReason", replaces_id as "replacesId", approved_at as "approvedAt",
  pharmacist_name as "pharmacistName", pharmacist_registration as "pharmacistRegistration",
  revoke_reason as "revokeReason"`

async function withItems(
  db: Reader,
  found: readonly Omit<ReadPrescription, 'items'>[],
): Promise<ReadPrescription[]> {
  if (found.length === 0) return []
  const { rows } = await sql<Omit<ReadItem, 'uses'>>`
    select id, prescription_id as "prescriptionId", written, written_as as "writtenAs", pack_id as "packId", directions,
      units, units_source as "unitsSource", units_basis as basis, repeat_authority as authority,
      repeat_times as times, interval_days as "intervalDays", tele_list as "teleList",
      smallest_pack as "isSmallestPack", root_id as "rootId"
    from prescriptions.prescription_item
    where prescription_id = any(${found.map(one => one.id)}::uuid[]) order by prescription_id, position`.execute(
    db,
  )
  const uses = await findUses(db, [...new Set(rows.map(item => item.rootId))])
  const items = rows.map(item => ({ ...item, uses: uses.get(item.rootId) ?? [] }))
  return found.map(one => ({ ...one, items: items.filter(item => item.prescriptionId === one.id) }))
}

const usesMax = 5_000

/** What was supplied and given back, by the first reading of each item. */
export async function findUses(
  db: Reader,
  rootIds: readonly string[],
): Promise<Map<string, Use[]>> {
  const { rows } = await sql<Use & { rootId: string }>`
    select item.root_id as "rootId", use.order_id as "orderId", use.kind, use.units, use.on_day as "on"
    from prescriptions.item_use as use join prescriptions.prescription_item as item on item.id = use.item_id
    where item.root_id = any(${[...rootIds]}::uuid[]) order by use.id limit ${usesMax}`.execute(db)
  const found = new Map<string, Use[]>()
  for (const { rootId, ...use } of rows) found.set(rootId, [...(found.get(rootId) ?? []), use])
  return found
}

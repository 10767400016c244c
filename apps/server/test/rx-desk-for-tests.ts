import { randomBytes, randomUUID } from 'node:crypto'
import type { PrescriptionEntry } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { inTransaction } from '#kernel/transaction'
import { type NewReview, openReview } from '#modules/prescriptions'
import { addPack, personCaller } from './shelf-for-tests.ts'

let people = 0

/** The Indian day it is in this database. */
export async function todayIn(database: Database): Promise<Day> {
  const { rows } = await sql<{ today: Day }>`select kernel.today() as today`.execute(database.db)
  return rows[0]!.today
}

export async function defaultStoreId(database: Database): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from stock.store where is_default`.execute(
    database.db,
  )
  return rows[0]!.id
}

/** A pharmacist with a valid registration at the default store, on duty there for twelve hours. */
export async function addPharmacist(
  database: Database,
  { isOnDuty = true }: { isOnDuty?: boolean } = {},
): Promise<Caller> {
  people += 1
  const personId = randomUUID()
  const number = String(people).padStart(4, '0')
  await sql`
    with person as (
      insert into identity.person (id, mobile, name) values (${personId}, ${`+91900001${number}`}, ${`P. Sample ${people}`})
    ), granted as (
      insert into identity.role_grant (id, person_id, role) values (${randomUUID()}, ${personId}, 'pharmacist')
    )
    insert into identity.pharmacist_registration (id, person_id, store_id, full_name, registration_number, council,
      qualification, valid_from, valid_upto)
    values (${randomUUID()}, ${personId}, ${await defaultStoreId(database)}, ${`P. Sample ${people}`}, ${`T-${number}`},
      'Test Council', 'B. Pharm.', kernel.today() - 1, kernel.today() + 1000)`.execute(database.db)
  if (isOnDuty) await putOnDuty(database, personId)
  return personCaller(personId)
}

/** A turn of twelve hours from now; one before it ends. */
export async function putOnDuty(database: Database, personId: string): Promise<void> {
  await sql`update identity.duty set ended_at = kernel.now() where person_id = ${personId} and ended_at is null`.execute(
    database.db,
  )
  await sql`
    insert into identity.duty (id, registration_id, person_id, store_id, ends_at)
    select ${randomUUID()}, id, person_id, store_id, kernel.now() + interval '12 hours'
    from identity.pharmacist_registration where person_id = ${personId}`.execute(database.db)
}

/** A file of one page that was checked and found good. */
export async function addReadyUpload(database: Database, personId: string): Promise<string> {
  const [sessionId, uploadId] = [randomUUID(), randomUUID()]
  await sql`
    insert into prescriptions.upload_session (id, person_id, ends_at)
    values (${sessionId}, ${personId}, kernel.now() + interval '1 hour')`.execute(database.db)
  await sql`
    insert into prescriptions.upload (id, session_id, position, person_id, state, content_type, kind, sha256, sent_at,
      checked_at, keep_until)
    values (${uploadId}, ${sessionId}, 1, ${personId}, 'ready', 'image/jpeg', 'jpeg', ${randomBytes(32)}, kernel.now(),
      kernel.now(), kernel.today() + 365)`.execute(database.db)
  await sql`
    insert into prescriptions.upload_page (upload_id, page, width, height, is_dark, is_blurred, likeness, tone, band_1,
      band_2, band_3, band_4)
    values (${uploadId}, 1, 1200, 1600, false, false, ${'0'.repeat(64)}::bit(64), ${randomBytes(4096)}, 1, 2, 3, 4)`.execute(
    database.db,
  )
  return uploadId
}

/** A Schedule H medicine in strips of ten. */
export const addPrescriptionPack = (database: Database, units = 10): Promise<string> =>
  addPack(database, { decision: 'prescription', units })

export interface Opened {
  readonly reviewId: string
  readonly orderId: string
  readonly personId: string
}

/** Puts an order before the desk, as the ordering module does it. */
export async function openFor(
  database: Database,
  packs: readonly { packId: string; packs: number }[],
  more: Partial<NewReview> = {},
): Promise<Opened> {
  const personId = more.personId ?? randomUUID()
  const review: NewReview = {
    orderId: randomUUID(),
    personId,
    storeId: await defaultStoreId(database),
    patientId: null,
    uploadIds: more.uploadIds ?? [await addReadyUpload(database, personId)],
    lane: 'delivery',
    lines: packs.map((one, at) => ({ line: at + 1, ...one })),
    orderNumber: 'JP-1001',
    customer: { name: 'Sunita Sample', address: '12 Invented Lane, Indore 452001' },
    ...more,
  }
  const caller = personCaller(personId)
  const { reviewId } = await inTransaction(database, caller, tx => openReview(tx, caller, review))
  return { reviewId, orderId: review.orderId, personId }
}

let papers = 0

/** A paper that lacks nothing: 1-0-1 for thirty days of each medicine, once, issued today. */
export function paperOf(
  today: Day,
  medicineIds: readonly string[],
  more: Partial<PrescriptionEntry> = {},
  item: Partial<PrescriptionEntry['items'][number]> = {},
): PrescriptionEntry {
  papers += 1
  return {
    prescriber: {
      name: `Dr N. Sample ${papers}`,
      qualification: 'MD',
      registration: `R-${papers}`,
      council: 'Sample Medical Council',
      address: 'Sample Clinic, Indore',
    },
    patient: {
      name: 'Sunita Sample',
      address: '12 Invented Lane, Indore 452001',
      addressSource: 'customer',
      ageYears: 52,
      sex: 'female',
    },
    issuedOn: today,
    hasSignature: true,
    course: 'chronic',
    tele: null,
    duplicateReason: null,
    replacesId: null,
    items: medicineIds.map((medicineId, at) => ({
      written: `Tab Testine ${at + 1}`,
      writtenAs: 'brand',
      medicineId,
      directions: { kind: 'daily', doses: [4, 0, 4], days: 30, food: 'any' },
      writtenUnits: null,
      unitsBasis: 'each',
      repeat: { authority: 'once', times: null, intervalDays: null },
      teleList: null,
      isSmallestPack: false,
      replacesItemId: null,
      ...item,
    })),
    ...more,
  }
}

import assert from 'node:assert/strict'
import { type PrescriptionEntry, unitsOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { fingerprintOf } from './fingerprint.ts'
import type { LockedReview } from './lock-review.ts'

/** Writes drafts of what was read, in their order; answers the ids of their items by place. */
export async function writePrescriptions(
  tx: Tx,
  caller: Caller,
  review: LockedReview,
  entries: readonly PrescriptionEntry[],
): Promise<string[][]> {
  const itemIds: string[][] = []
  for (const [at, entry] of entries.entries()) {
    const roots = await findRoots(tx, review, entry)
    const id = await writeOne(tx, caller, review, { entry, position: at + 1 })
    itemIds.push(await writeItems(tx, id, entry, roots))
  }
  return itemIds
}

async function writeOne(
  tx: Tx,
  caller: Caller,
  review: LockedReview,
  { entry, position }: { entry: PrescriptionEntry; position: number },
): Promise<string> {
  assert(caller.personId, 'a person reads a prescription')
  const { prescriber, patient, tele } = entry
  const id = newId()
  const fingerprint = fingerprintOf({
    prescriberName: prescriber.name,
    patientName: patient.name,
    issuedOn: entry.issuedOn,
    items: entry.items.map(item => ({ written: item.written, units: amountOf(item).units })),
  })
  await sql`
    insert into prescriptions.prescription (id, review_id, person_id, store_id, position, prescriber_name,
      prescriber_qualification, prescriber_registration, prescriber_council, prescriber_address, patient_name,
      patient_address, address_source, patient_age_years, patient_sex, issued_on, has_signature, course, tele_mode,
      tele_consultation, has_tele_consent, fingerprint, duplicate_reason, replaces_id, entered_by)
    values (${id}, ${review.id}, ${review.personId}, ${review.storeId}, ${position}, ${trimmed(prescriber.name)},
      ${trimmed(prescriber.qualification)}, ${trimmed(prescriber.registration)}, ${trimmed(prescriber.council)},
      ${trimmed(prescriber.address)}, ${trimmed(patient.name)}, ${trimmed(patient.address)}, ${patient.addressSource},
      ${patient.ageYears}, ${patient.sex}, ${entry.issuedOn}, ${entry.hasSignature}, ${entry.course},
      ${tele?.mode ?? null}, ${tele?.consultation ?? null}, ${tele?.hasConsent ?? false}, ${fingerprint},
      ${trimmed(entry.duplicateReason)}, ${entry.replacesId}, ${caller.personId})`.execute(tx)
  return id
}

async function writeItems(
  tx: Tx,
  prescriptionId: string,
  { items }: PrescriptionEntry,
  roots: ReadonlyMap<string, string>,
): Promise<string[]> {
  const ids = items.map(() => newId())
  for (const [at, item] of items.entries()) {
    const { units, source } = amountOf(item)
    const id = ids[at]!
    const rootId = item.replacesItemId === null ? id : (roots.get(item.replacesItemId) ?? id)
    await sql`
      insert into prescriptions.prescription_item (id, prescription_id, position, written, written_as, pack_id,
        directions, units, units_source, units_basis, repeat_authority, repeat_times, interval_days, tele_list,
        smallest_pack, root_id)
      values (${id}, ${prescriptionId}, ${at + 1}, ${item.written.trim()}, ${item.writtenAs}, ${item.medicineId},
        ${item.directions === null ? null : JSON.stringify(item.directions)}::jsonb, ${units}, ${source},
        ${item.unitsBasis}, ${item.repeat.authority}, ${item.repeat.times}, ${item.repeat.intervalDays},
        ${item.teleList}, ${item.isSmallestPack}, ${rootId})`.execute(tx)
  }
  return ids
}

/** The amount as the paper says it, otherwise as it follows from the dose, the frequency and the days. */
function amountOf(item: PrescriptionEntry['items'][number]) {
  if (item.writtenUnits !== null) return { units: item.writtenUnits, source: 'written' as const }
  const units = item.directions && unitsOf(item.directions)
  return { units, source: 'computed' as const }
}

/** What was supplied on the revoked reading counts against this one: its items' first readings, by their ids. */
async function findRoots(
  tx: Tx,
  review: LockedReview,
  entry: PrescriptionEntry,
): Promise<Map<string, string>> {
  if (entry.replacesId === null) return new Map()
  const { rows } = await sql<{ id: string; rootId: string }>`
    select item.id, item.root_id as "rootId" from prescriptions.prescription_item as item
    join prescriptions.prescription on prescription.id = item.prescription_id
    where prescription.id = ${entry.replacesId} and prescription.state = 'revoked'
      and prescription.person_id = ${review.personId} order by item.position`.execute(tx)
  const roots = new Map(rows.map(({ id, rootId }) => [id, rootId]))
  const asked = entry.items.flatMap(item => item.replacesItemId ?? [])
  if (roots.size > 0 && asked.every(id => roots.has(id))) return roots
  throw new Refusal(
    'worksheet_invalid',
    'What this prescription should replace is not a revoked one of this customer. Revoke that one first.',
  )
}

const trimmed = (text: string | null): string | null => text?.trim() || null

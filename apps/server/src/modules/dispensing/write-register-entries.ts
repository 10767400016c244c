import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { findPacks, type PackFacts } from '#modules/catalogue'
import type { Caller } from '#kernel/caller'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/transaction'
import type {
  Register,
  RegisterNumber,
  RegisterRequest,
  RegisterSupply,
} from './register-coverage.ts'

const entriesMax = 500

/**
 * Writes what leaves on prescription into the prescription register, and what Schedule H1 names into that register too
 * (rule 65(3)(1) and (h)), in the transaction that lets it go and after its dispensing rows. Answers the serials in the
 * order of the entries. The register's row stays locked until `tx` ends, so call it late.
 */
export async function writeRegisterEntries(
  tx: Tx,
  caller: Caller,
  request: RegisterRequest,
): Promise<RegisterNumber[]> {
  const { entries } = request
  if (entries.length === 0) return []
  assert(entries.length <= entriesMax, `at most ${entriesMax} batches leave with one order`)
  const packs = await findPacks(tx, [...new Set(entries.map(one => one.packId))], request.on)
  const serials = await write(tx, caller, request, { register: 'prescription', entries, packs })
  const scheduled = entries.filter(one => one.coverage.schemes.includes('H1'))
  const h1Serials = await write(tx, caller, request, { register: 'h1', entries: scheduled, packs })
  return entries.map(({ line, dispensingId }) => {
    const serial = serials.get(dispensingId)
    assert(serial, 'every entry has its serial')
    return { line, dispensingId, serial, h1Serial: h1Serials.get(dispensingId) ?? null }
  })
}

async function write(
  tx: Tx,
  caller: Caller,
  { orderId, storeId, on, pharmacist }: RegisterRequest,
  what: {
    register: Register
    entries: readonly RegisterSupply[]
    packs: ReadonlyMap<string, PackFacts>
  },
): Promise<ReadonlyMap<string, number>> {
  const { register, entries, packs } = what
  if (entries.length === 0) return new Map()
  const rows = JSON.stringify(entries.map((one, at) => rowOf(one, at, packs)))
  const { rows: written } = await sql<{ dispensingId: string; serial: number }>`
    insert into dispensing.register_entry (id, store_id, register, kind, kept_in, supplied_on, dispensing_id, order_id,
      order_line, prescription_id, prescription_item_id, issued_on, prescriber_name, prescriber_address,
      prescriber_registration, patient_name, patient_address, pack_id, drug_name, packs, units, base_unit, manufacturer,
      batch_number, expiry_month, schemes, directions, pharmacist_name, pharmacist_registration,
      approver_name, approver_registration, repeats_serial, written_by, request_id)
    select id, ${storeId}, ${register}, 'supply', case when ${register} = 'h1' then 'register' else coalesce((
        select kept_in from dispensing.register_setting
        where store_id = ${storeId} and effective_from <= ${on}::date order by effective_from desc, id desc limit 1
      ), 'register') end, ${on}::date, dispensing_id, ${orderId}, order_line, prescription_id, prescription_item_id,
      issued_on, prescriber_name, prescriber_address, prescriber_registration, patient_name, patient_address, pack_id,
      drug_name, packs, units, base_unit, manufacturer, batch_number, expiry_month, schemes, directions,
      ${pharmacist.fullName}, ${pharmacist.number}, approver_name, approver_registration, (
        select max(before.serial) from dispensing.register_entry as before
        where before.prescription_id = supplied.prescription_id and before.register = ${register}
          and before.store_id = ${storeId} and before.kind = 'supply' and before.order_id <> ${orderId}
      ), ${caller.personId}, ${caller.requestId}
    from jsonb_to_recordset(${rows}::jsonb) as supplied (position integer, id uuid, dispensing_id uuid,
      order_line integer, prescription_id uuid, prescription_item_id uuid, issued_on date, prescriber_name text,
      prescriber_address text, prescriber_registration text, patient_name text, patient_address text, pack_id uuid,
      drug_name text, packs integer, units integer, base_unit text, manufacturer text, batch_number text,
      expiry_month text, schemes text[], directions jsonb, approver_name text, approver_registration text)
    order by position
    returning dispensing_id as "dispensingId", serial`.execute(tx)
  return new Map(written.map(one => [one.dispensingId, one.serial]))
}

function rowOf(supply: RegisterSupply, position: number, packs: ReadonlyMap<string, PackFacts>) {
  const { coverage } = supply
  const pack = packs.get(supply.packId)
  assert(pack, 'what is supplied is in the catalogue')
  return {
    position,
    id: newId(),
    dispensing_id: supply.dispensingId,
    order_line: supply.line,
    prescription_id: coverage.prescriptionId,
    prescription_item_id: coverage.prescriptionItemId,
    issued_on: coverage.issuedOn,
    prescriber_name: coverage.prescriberName,
    prescriber_address: coverage.prescriberAddress,
    prescriber_registration: coverage.prescriberRegistration,
    patient_name: coverage.patientName,
    patient_address: coverage.patientAddress,
    pack_id: supply.packId,
    drug_name: pack.name,
    packs: supply.packs,
    units: supply.units,
    base_unit: pack.baseUnit,
    manufacturer: supply.manufacturer,
    batch_number: supply.batchNumber,
    expiry_month: supply.expiry,
    schemes: coverage.schemes,
    directions: coverage.directions,
    approver_name: coverage.pharmacistName,
    approver_registration: coverage.pharmacistRegistration,
  }
}

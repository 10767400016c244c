import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/transaction'

const reasonLengths = { least: 3, most: 200 } as const

/**
 * Voids what the registers say of an order, such as one that came back from the door: a new numbered row each, with the
 * reason, while the voided one stays readable. Answers how many; an entry is voided once, however often it is asked.
 */
export async function voidRegisterEntries(
  tx: Tx,
  caller: Caller,
  { orderId, reason }: { orderId: string; reason: string },
): Promise<number> {
  const said = reason.trim().slice(0, reasonLengths.most)
  assert(said.length >= reasonLengths.least, 'a void says why')
  // Two voids of one order at once: the second sees the first's rows.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`void ${orderId}`}, 0))`.execute(tx)
  let voided = 0
  // One register after the other, the order every writer locks them in.
  for (const register of ['prescription', 'h1'] as const) {
    const { rows } = await sql<{ id: string }>`
      select id from dispensing.register_entry as entry
      where order_id = ${orderId} and register = ${register} and kind = 'supply' and not exists (
        select from dispensing.register_entry as void
        where void.store_id = entry.store_id and void.register = entry.register and void.voids_serial = entry.serial
          and void.kind = 'void')
      order by serial limit 500`.execute(tx)
    if (rows.length === 0) continue
    const ids = rows.map(row => row.id)
    const { numAffectedRows } = await sql`
      insert into dispensing.register_entry (id, store_id, register, kind, kept_in, supplied_on, dispensing_id, order_id,
        order_line, prescription_id, prescription_item_id, issued_on, prescriber_name, prescriber_address,
        prescriber_registration, patient_name, patient_address, pack_id, drug_name, packs, units, base_unit,
        manufacturer, batch_number, expiry_month, schemes, directions, pharmacist_name, pharmacist_registration,
        approver_name, approver_registration, repeats_serial, voids_serial, void_reason, written_by, request_id)
      select fresh.id, store_id, register, 'void', kept_in, kernel.today(), dispensing_id, order_id, order_line,
        prescription_id, prescription_item_id, issued_on, prescriber_name, prescriber_address, prescriber_registration,
        patient_name, patient_address, pack_id, drug_name, packs, units, base_unit, manufacturer, batch_number,
        expiry_month, schemes, directions, pharmacist_name, pharmacist_registration,
        approver_name, approver_registration, repeats_serial, serial, ${said}, ${caller.personId}, ${caller.requestId}
      from dispensing.register_entry as entry
      join unnest(${ids}::uuid[], ${ids.map(() => newId())}::uuid[]) as fresh (old_id, id) on fresh.old_id = entry.id
      order by serial`.execute(tx)
    voided += Number(numAffectedRows ?? 0)
  }
  return voided
}

import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/day'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { keepUsedUploads } from './use-uploads.ts'

export interface Supply {
  readonly orderId: string
  /** The Indian day of the supply. */
  readonly on: Day
  readonly items: readonly {
    readonly prescriptionItemId: string
    /** Base units. */
    readonly units: number
    readonly dispensingId: string
  }[]
}

/**
 * Uses up what was supplied, in the transaction that lets it go, after `holdForDispensing` in the same one. A
 * dispensing is counted once, however often it is told.
 */
export async function recordDispensed(tx: Tx, caller: Caller, supply: Supply): Promise<void> {
  const { items } = supply
  if (items.length === 0) return
  assert(
    items.every(item => item.units > 0),
    'something of each item was supplied',
  )
  await sql`
    insert into prescriptions.item_use (id, item_id, order_id, dispensing_id, kind, units, on_day)
    select id, item_id, ${supply.orderId}::uuid, dispensing_id, 'dispensed', units, ${supply.on}::date
    from unnest(${items.map(() => newId())}::uuid[], ${items.map(item => item.prescriptionItemId)}::uuid[],
      ${items.map(item => item.dispensingId)}::uuid[], ${items.map(item => item.units)}::integer[])
      as supplied (id, item_id, dispensing_id, units)
    on conflict (dispensing_id, item_id) where kind = 'dispensed' do nothing`.execute(tx)
  const itemIds = [...new Set(items.map(item => item.prescriptionItemId))]
  const { rows } = await sql<{ prescriptionId: string; uploadIds: string[] }>`
    select prescription.id as "prescriptionId", array(
        select upload_id from prescriptions.review_upload where review_id = prescription.review_id
        order by position) as "uploadIds"
    from prescriptions.prescription
    where id in (select prescription_id from prescriptions.prescription_item where id = any(${itemIds}::uuid[]))
    order by id`.execute(tx)
  assert(rows.length > 0, 'what was supplied was prescribed')
  await keepUsedUploads(
    tx,
    rows.flatMap(row => row.uploadIds),
  )
  const prescriptionIds = rows.map(row => row.prescriptionId)
  await emit(tx, caller, 'prescriptions.supplied', { orderId: supply.orderId, prescriptionIds })
}

/**
 * Gives the prescribed quantity of returned units back; the occasion stays used (rule 65(11)). A dispensing that rested
 * on no prescription is left alone. Refuses `return_exceeds_sale`.
 */
export async function giveBack(
  tx: Tx,
  caller: Caller,
  back: { readonly dispensingId: string; readonly units: number; readonly on: Day },
): Promise<void> {
  // Locked by itself first: what was given back meanwhile is seen only by a statement that begins after the wait.
  await sql`
    select id from prescriptions.prescription_item where id in (
      select item_id from prescriptions.item_use where dispensing_id = ${back.dispensingId} and kind = 'dispensed')
    order by id for update`.execute(tx)
  const { rows } = await sql<{ itemId: string; orderId: string; left: number }>`
    select use.item_id as "itemId", use.order_id as "orderId", use.units - coalesce((
        select sum(back.units) from prescriptions.item_use as back
        where back.item_id = use.item_id and back.dispensing_id = use.dispensing_id and back.kind = 'returned'
      ), 0)::integer as left
    from prescriptions.item_use as use
    where use.dispensing_id = ${back.dispensingId} and use.kind = 'dispensed' order by use.id`.execute(
    tx,
  )
  const [found] = rows
  if (!found) return
  if (back.units > found.left) {
    throw new Refusal(
      'return_exceeds_sale',
      'More is given back than was supplied on this prescription. Check the count.',
    )
  }
  await sql`
    insert into prescriptions.item_use (id, item_id, order_id, dispensing_id, kind, units, on_day)
    values (${newId()}, ${found.itemId}, ${found.orderId}, ${back.dispensingId}, 'returned', ${back.units},
      ${back.on}::date)`.execute(tx)
  await emit(tx, caller, 'prescriptions.given_back', { orderId: found.orderId })
}

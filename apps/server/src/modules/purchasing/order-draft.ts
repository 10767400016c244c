import type { NewPurchaseOrder } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks } from '#modules/catalogue'
import type { Caller } from '#kernel/caller'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { findSupplier } from './find-suppliers.ts'

/**
 * Writes a draft order inside the caller's transaction and returns its id. Refuses `not_found` for an unknown
 * supplier or medicine, `purchase_order_invalid` for a medicine on two lines.
 */
export async function draftOrder(tx: Tx, caller: Caller, order: NewPurchaseOrder): Promise<string> {
  await findSupplier(tx, order.supplierId)
  await assertOrderable(tx, order.lines)
  const id = newId()
  await sql`
    insert into purchasing.purchase_order (id, supplier_id, created_by)
    values (${id}, ${order.supplierId}, ${caller.personId}::uuid)`.execute(tx)
  await writeOrderLines(tx, id, order.lines)
  return id
}

type Lines = NewPurchaseOrder['lines']

/** Refuses `not_found` for an unknown medicine, `purchase_order_invalid` for one on two lines. */
export async function assertOrderable(tx: Tx, lines: Lines): Promise<void> {
  const ids = lines.map(line => line.medicineId)
  const twice = ids.findIndex((id, at) => ids.indexOf(id) < at)
  if (twice >= 0) {
    throw new Refusal('purchase_order_invalid', 'A medicine stands on two lines. Put it on one.', {
      fields: [{ field: `lines.${twice}.medicineId`, message: 'stands on the order already' }],
    })
  }
  const packs = await findPacks(tx, ids)
  const unknown = ids.findIndex(id => !packs.has(id))
  if (unknown >= 0) {
    throw new Refusal('not_found', 'A medicine of this order is not in the catalogue.', {
      fields: [{ field: `lines.${unknown}.medicineId`, message: 'is not in the catalogue' }],
    })
  }
}

/** Writes the lines of an order that has none, in the order given. */
export async function writeOrderLines(tx: Tx, id: string, lines: Lines): Promise<void> {
  await sql`
    insert into purchasing.order_line (order_id, pack_id, place, packs, rate_paise)
    select ${id}, pack_id, place, packs, rate_paise
    from unnest(${lines.map(line => line.medicineId)}::uuid[], ${lines.map(line => line.packs)}::integer[],
      ${lines.map(line => line.ratePaise ?? null)}::bigint[])
      with ordinality as line (pack_id, packs, rate_paise, place)`.execute(tx)
}

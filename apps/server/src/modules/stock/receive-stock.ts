import type { NewReceipt, Receipt } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type PackFacts, recordSeenMrp } from '#modules/catalogue'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { findReceipt } from './find-receipt.ts'
import { assertReceivable, keyOf } from './receipt-check.ts'
import { defaultStore } from './store.ts'

/** Goods as they are counted in: broken packs enter too, set apart as damaged; a line may be short of everything. */
export interface Goods extends Omit<NewReceipt, 'lines'> {
  readonly lines: (NewReceipt['lines'][number] & { readonly damagedPacks?: number })[]
}

/**
 * Receives goods against a supplier's bill: every line becomes a lot of its own, sellable at once, with a 'received'
 * movement. All lines or none; the same key again answers the same receipt. Refuses `not_found` for an unknown
 * medicine, `receipt_repeated` for a bill already entered, and as `assertReceivable` does.
 */
export async function receiveStock(
  database: Database,
  caller: Caller,
  key: string,
  receipt: NewReceipt,
): Promise<Receipt> {
  const { id } = await inTransaction(database, caller, tx =>
    once(tx, { scope: `stock.receive:${caller.personId}`, key, request: receipt }, () =>
      receiveGoods(tx, caller, receipt),
    ),
  )
  return findReceipt(database.reads, id)
}

/**
 * Writes a goods receipt inside the caller's transaction: its id, number, and the batch of each line in their order.
 * Refuses as `receiveStock` does.
 */
export async function receiveGoods(
  tx: Tx,
  caller: Caller,
  receipt: Goods,
): Promise<{ id: string; batchIds: string[] }> {
  const packs = await findPacks(tx, [...new Set(receipt.lines.map(line => line.medicineId))])
  const lines = receipt.lines.map((line, index) => ({ ...line, ...packOf(packs, line, index) }))
  const { rows } = await sql<{ today: string }>`select kernel.today() as today`.execute(tx)
  assertReceivable(lines, rows[0]!.today)
  const store = await defaultStore(tx)
  const supplierId = await findOrAddSupplier(tx, receipt.supplierName)
  const id = await addReceipt(tx, caller, { ...receipt, supplierId, storeId: store.id })
  const lots = lines.map(line => ({
    id: newId(),
    pack_id: line.medicineId,
    batch_number: line.batchNumber.trim(),
    manufactured_month: line.manufactured ?? null,
    expiry_month: line.expiry,
    mrp_paise: line.mrpPaise,
    purchase_rate_paise: line.purchaseRatePaise ?? null,
    units_per_pack: line.unitsPerPack,
    storage_class: line.storageClass,
    bin: line.bin?.trim() ?? '',
    units: (line.packs + (line.freePacks ?? 0)) * line.unitsPerPack,
    damaged_units: (line.damagedPacks ?? 0) * line.unitsPerPack,
  }))
  await addLots(tx, caller, { receiptId: id, storeId: store.id, lots: JSON.stringify(lots) })
  await rememberMrps(tx, receipt)
  await emit(tx, caller, 'stock.goods_received', { receiptId: id })
  return { id, batchIds: lots.map(lot => lot.id) }
}

function packOf(
  packs: ReadonlyMap<string, PackFacts>,
  line: NewReceipt['lines'][number],
  index: number,
): { unitsPerPack: number; storageClass: string } {
  const pack = packs.get(line.medicineId)
  if (pack) return { unitsPerPack: pack.unitsPerPack, storageClass: pack.storageClass }
  throw new Refusal(
    'not_found',
    'A medicine on this bill is not in the catalogue. Add it there first.',
    { fields: [{ field: `lines.${index}.medicineId`, message: 'is not in the catalogue' }] },
  )
}

async function findOrAddSupplier(tx: Tx, name: string): Promise<string> {
  await sql`
    insert into stock.supplier (id, name, name_key) values (${newId()}, ${name.trim()}, ${keyOf(name)})
    on conflict (name_key) do nothing`.execute(tx)
  const { rows } = await sql<{ id: string }>`
    select id from stock.supplier where name_key = ${keyOf(name)}`.execute(tx)
  return rows[0]!.id
}

async function addReceipt(
  tx: Tx,
  caller: Caller,
  receipt: { supplierName: string; billNumber: string; supplierId: string; storeId: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into stock.receipt (id, store_id, supplier_id, bill_number, bill_key, received_by)
    values (${newId()}, ${receipt.storeId}, ${receipt.supplierId}, ${receipt.billNumber.trim()},
      ${keyOf(receipt.billNumber)}, ${caller.personId})
    on conflict on constraint receipt_bill_once do nothing returning id`.execute(tx)
  const [added] = rows
  if (added) return added.id
  throw new Refusal(
    'receipt_repeated',
    `Bill ${receipt.billNumber.trim()} of this supplier was already received. If their numbering began again, add the year to the bill number.`,
    { fields: [{ field: 'billNumber', message: 'was already received' }] },
  )
}

async function addLots(
  tx: Tx,
  caller: Caller,
  write: { receiptId: string; storeId: string; lots: string },
): Promise<void> {
  await sql`
    insert into stock.batch (id, pack_id, receipt_id, batch_number, manufactured_month, expiry_month,
      mrp_paise, purchase_rate_paise, units_per_pack, storage_class)
    select id, pack_id, ${write.receiptId}, batch_number, manufactured_month, expiry_month,
      mrp_paise, purchase_rate_paise, units_per_pack, storage_class
    from jsonb_to_recordset(${write.lots}::jsonb) as lot (id uuid, pack_id uuid, batch_number text,
      manufactured_month text, expiry_month text, mrp_paise bigint, purchase_rate_paise bigint,
      units_per_pack integer, storage_class text)`.execute(tx)
  await sql`
    insert into stock.movement
      (batch_id, store_id, state, bin, kind, on_hand_delta, reserved_delta, cause_kind, cause_id, actor_id, request_id)
    select lot.id, ${write.storeId}, counted.state, lot.bin, 'received', counted.units, 0, 'receipt',
      ${write.receiptId}, ${caller.personId}, ${caller.requestId}
    from jsonb_to_recordset(${write.lots}::jsonb) as lot (id uuid, bin text, units integer, damaged_units integer)
    cross join lateral (values ('sellable', lot.units), ('damaged', lot.damaged_units)) as counted (state, units)
    where counted.units > 0`.execute(tx)
}

/** The catalogue learns the newest MRP of each pack, in one order so that two receipts cannot wait in a circle. */
async function rememberMrps(tx: Tx, receipt: NewReceipt): Promise<void> {
  const newest = new Map(receipt.lines.map(line => [line.medicineId, line.mrpPaise]))
  for (const [packId, mrpPaise] of [...newest].sort(([one], [other]) => (one < other ? -1 : 1))) {
    await recordSeenMrp(tx, packId, mrpPaise)
  }
}

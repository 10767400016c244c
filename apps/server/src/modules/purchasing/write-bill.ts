import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'
import { gtinKey } from './find-buying-facts.ts'
import { keyOf } from './name-key.ts'
import type { PreparedBill } from './prepare-bill.ts'

/** Writes the paper of goods the ledger just took in, and learns what this supplier calls each medicine. */
export async function writeBill(
  tx: Tx,
  caller: Caller,
  { bill, supplier, overrideId, reckoned, lines }: PreparedBill,
  goods: { id: string; batchIds: readonly string[] },
): Promise<void> {
  assert(reckoned && goods.batchIds.length === lines.length, 'every line has its batch')
  await sql`
    insert into purchasing.bill (id, supplier_id, order_id, licence_override_id, bill_number, bill_key, bill_date,
      charges_paise, bill_discount_paise, rounding_paise, taxable_paise, gst_paise, total_paise,
      printed_total_paise, received_by)
    values (${goods.id}, ${supplier.id}, ${bill.orderId ?? null}, ${overrideId}, ${bill.billNumber.trim()},
      ${keyOf(bill.billNumber)}, ${bill.billDate}, ${bill.chargesPaise ?? 0}, ${bill.billDiscountPaise ?? 0},
      ${bill.roundingPaise ?? 0}, ${reckoned.taxablePaise}, ${reckoned.gstPaise}, ${reckoned.totalPaise},
      ${bill.printedTotalPaise}, ${caller.personId})`.execute(tx)
  const rows = lines.map(({ line, pack, flags, taxablePaise, gstPaise, landedPaise }, at) => ({
    batch_id: goods.batchIds[at],
    place: at + 1,
    pack_id: pack.id,
    units_per_pack: pack.unitsPerPack,
    billed_packs: line.billedPacks,
    free_packs: line.freePacks ?? 0,
    good_packs: line.goodPacks,
    damaged_packs: line.damagedPacks ?? 0,
    mrp_paise: line.mrpPaise,
    rate_paise: line.ratePaise,
    discount_basis_points: line.discountBasisPoints ?? 0,
    gst_basis_points: line.gstBasisPoints,
    taxable_paise: taxablePaise,
    gst_paise: gstPaise,
    landed_paise: landedPaise,
    flags,
    short_expiry_reason: line.shortExpiryReason ?? null,
  }))
  await sql`
    insert into purchasing.bill_line (batch_id, bill_id, place, pack_id, units_per_pack, billed_packs, free_packs,
      good_packs, damaged_packs, mrp_paise, rate_paise, discount_basis_points, gst_basis_points, taxable_paise,
      gst_paise, landed_paise, flags, short_expiry_reason)
    select batch_id, ${goods.id}, place, pack_id, units_per_pack, billed_packs, free_packs, good_packs, damaged_packs,
      mrp_paise, rate_paise, discount_basis_points, gst_basis_points, taxable_paise, gst_paise, landed_paise, flags,
      short_expiry_reason
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as line (batch_id uuid, place integer, pack_id uuid,
      units_per_pack integer, billed_packs integer, free_packs integer, good_packs integer, damaged_packs integer,
      mrp_paise bigint, rate_paise bigint, discount_basis_points integer, gst_basis_points integer,
      taxable_paise bigint, gst_paise bigint, landed_paise bigint, flags text[], short_expiry_reason text)`.execute(
    tx,
  )
  await learnNames(tx, supplier.id, lines)
  await learnCodes(tx, lines)
}

/** In the order of the names, so that two bills of one supplier cannot wait for each other in a circle. */
async function learnNames(tx: Tx, supplierId: string, lines: PreparedBill['lines']): Promise<void> {
  const named = new Map<string, string>()
  for (const { line, pack } of lines) {
    if (line.supplierItem) named.set(keyOf(line.supplierItem), pack.id)
  }
  const names = [...named].sort(([one], [other]) => (one < other ? -1 : 1))
  await sql`
    insert into purchasing.supplier_item (supplier_id, item_key, pack_id)
    select ${supplierId}, item_key, pack_id
    from unnest(${names.map(([name]) => name)}::text[], ${names.map(([, id]) => id)}::uuid[])
      as learned (item_key, pack_id)
    on conflict (supplier_id, item_key) do update set pack_id = excluded.pack_id`.execute(tx)
}

async function learnCodes(tx: Tx, lines: PreparedBill['lines']): Promise<void> {
  const coded = new Map<string, string>()
  for (const { line, pack } of lines) {
    if (line.gtin !== undefined) coded.set(gtinKey(line.gtin), pack.id)
  }
  const codes = [...coded].sort(([one], [other]) => (one < other ? -1 : 1))
  await sql`
    insert into purchasing.pack_code (gtin, pack_id)
    select gtin, pack_id
    from unnest(${codes.map(([code]) => code)}::text[], ${codes.map(([, id]) => id)}::uuid[])
      as learned (gtin, pack_id)
    on conflict (gtin) do update set pack_id = excluded.pack_id`.execute(tx)
}

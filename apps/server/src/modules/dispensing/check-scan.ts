import assert from 'node:assert/strict'
import type { ScanChecked, ScanVerdict } from '@janta/contracts'
import { readScan } from '@janta/contracts/gs1'
import { sql } from 'kysely'
import { findPacks } from '#modules/catalogue'
import { defaultStore, findReservations, findScanned, type Scanned } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'

/** Obstacles of the batch itself in the words of a verdict; whatever else keeps it apart is `set_apart`. */
const verdictOf: Partial<Record<string, ScanVerdict>> = {
  recalled: 'recalled',
  expired: 'expired',
  not_for_sale: 'not_for_sale',
  on_hold: 'on_hold',
}

/**
 * Says whether a strip in somebody's hand belongs into this order. One that does not is written down before the answer
 * is given. What is wrong with the batch itself goes before whose it is. Refuses `not_found` when the order holds
 * nothing any more.
 */
export async function checkScan(
  database: Database,
  caller: Caller,
  { orderId, code }: { orderId: string; code: string },
): Promise<ScanChecked> {
  const { db } = database
  const held = await findReservations(db, [orderId])
  if (held.length === 0) {
    throw new Refusal('not_found', 'This order has nothing to pick any more. Look at its state.')
  }
  const batchNumber = printedBatch(code)
  const { id: storeId } = await defaultStore(db)
  const found = await findScanned(db, { storeId, batchNumber })
  const heldBatch = (one: Scanned) => held.some(hold => hold.batchId === one.batchId)
  const ofMedicine = (one: Scanned) => held.some(hold => hold.packId === one.packId)
  // Two makers may print one number: the strip is taken for the one this order could mean.
  const strip = found.find(heldBatch) ?? found.find(ofMedicine) ?? found[0]
  const verdict = judge(strip, heldBatch, ofMedicine)
  if (verdict !== 'right') {
    await writeRefused(database, caller, { orderId, batchNumber, batchId: strip?.batchId, verdict })
  }
  const packs = await findPacks(db, strip ? [strip.packId] : [])
  return {
    verdict,
    batchNumber,
    name: packs.get(strip?.packId ?? '')?.name ?? null,
    expiry: strip?.expiry ?? null,
  }
}

function judge(
  strip: Scanned | undefined,
  isHeld: (one: Scanned) => boolean,
  isOfMedicine: (one: Scanned) => boolean,
): ScanVerdict {
  if (!strip) return 'unknown_batch'
  if (strip.obstacle !== null) return verdictOf[strip.obstacle] ?? 'set_apart'
  if (isHeld(strip)) return 'right'
  return isOfMedicine(strip) ? 'not_reserved' : 'wrong_medicine'
}

/** The batch number a code carries, or the code itself as somebody typed it. */
function printedBatch(code: string): string {
  const scan = readScan(code)
  const batch = 'facts' in scan ? scan.facts.batch : undefined
  const printed = (batch ?? code).replaceAll(/\s/g, '').toUpperCase()
  if (printed !== '') return printed
  throw new Refusal('malformed_request', 'Scan the strip again, or type its batch number.')
}

async function writeRefused(
  database: Database,
  caller: Caller,
  scan: {
    orderId: string
    batchNumber: string
    batchId: string | undefined
    verdict: ScanVerdict
  },
): Promise<void> {
  assert(caller.personId, 'somebody scans')
  await inTransaction(database, caller, async tx => {
    await sql`
      insert into dispensing.refused_scan (id, order_id, batch_number, batch_id, verdict, scanned_by, request_id)
      values (${newId()}, ${scan.orderId}, ${scan.batchNumber}, ${scan.batchId ?? null}, ${scan.verdict},
        ${caller.personId}, ${caller.requestId})`.execute(tx)
    return { id: scan.orderId }
  })
}

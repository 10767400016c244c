import type { BillFlag, NewBill, PurchaseOrder, Supplier } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type PackFacts, type Reader } from '#modules/catalogue'
import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import { type BillLine, flagsOf } from './bill-flags.ts'
import { findLastPurchases, type LastPurchase } from './find-last-purchases.ts'
import { findOrder } from './find-orders.ts'
import { findSupplier } from './find-suppliers.ts'
import { keyOf } from './name-key.ts'
import { reckonBill, type ReckonedBill, type ReckonedLine } from './reckon-bill.ts'

export interface PreparedLine extends ReckonedLine {
  readonly line: BillLine
  readonly pack: PackFacts
  readonly flags: BillFlag[]
  /** How the pack was bought before; undefined when never. */
  readonly last: LastPurchase | undefined
}

/** A bill with everything the rules ask about, read once; `reckoned` is null when its discount is above its goods. */
export interface PreparedBill {
  readonly bill: NewBill
  readonly supplier: Supplier
  readonly order: PurchaseOrder | null
  readonly overrideId: string | null
  readonly reckoned: ReckonedBill | null
  readonly lines: readonly PreparedLine[]
  readonly policy: { readonly billTolerancePaise: number; readonly minLifeDays: number }
  readonly today: Day
}

/** Reads a bill's surroundings and reckons it. Refuses `not_found` for an unknown supplier, order or medicine. */
export async function prepareBill(db: Reader, bill: NewBill): Promise<PreparedBill> {
  const supplier = await findSupplier(db, bill.supplierId)
  const order = bill.orderId === undefined ? null : await findOrder(db, bill.orderId)
  const ids = [...new Set(bill.lines.map(line => line.medicineId))]
  const packs = await findPacks(db, ids)
  const known = bill.lines.map((line, at) => ({ line, pack: packOf(packs, line.medicineId, at) }))
  const last = await findLastPurchases(db, ids)
  const { policy, overrideId } = await readPolicy(db, bill)
  const reckoned = reckonBill(
    known.map(({ line, pack }) => ({ ...line, unitsPerPack: pack.unitsPerPack })),
    bill,
  )
  const lines = known.map(({ line, pack }, at) => {
    const cost = reckoned?.lines[at] ?? nothingReckoned
    const context = { cost, pack, last: last.get(pack.id), order, ...policy }
    return { ...cost, line, pack, last: context.last, flags: flagsOf(line, context) }
  })
  return { bill, supplier, order, overrideId, reckoned, lines, policy, today: policy.today }
}

const nothingReckoned: ReckonedLine = {
  taxablePaise: 0,
  gstPaise: 0,
  landedPaise: 0,
  units: 0,
  unitPaise: 0,
  dearerUnits: 0,
}

function packOf(packs: ReadonlyMap<string, PackFacts>, id: string, at: number): PackFacts {
  const pack = packs.get(id)
  if (pack) return pack
  throw new Refusal('not_found', 'A medicine on this bill is not in the catalogue. Add it first.', {
    fields: [{ field: `lines.${at}.medicineId`, message: 'is not in the catalogue' }],
  })
}

async function readPolicy(db: Reader, bill: NewBill) {
  const { rows } = await sql<{
    billTolerancePaise: number
    minLifeDays: number
    today: Day
    overrideId: string | null
  }>`
    select bill_tolerance_paise as "billTolerancePaise", min_life_days as "minLifeDays", kernel.today() as today,
      (select id from purchasing.licence_override
        where supplier_id = ${bill.supplierId} and bill_key = ${keyOf(bill.billNumber)}
        order by id desc limit 1) as "overrideId"
    from purchasing.policy`.execute(db)
  const { overrideId, ...policy } = rows[0]!
  return { policy, overrideId }
}

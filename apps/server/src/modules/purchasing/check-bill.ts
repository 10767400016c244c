import type { BillCheck, NewBill } from '@janta/contracts'
import type { Reader } from '#modules/catalogue'
import { billObstacle } from './bill-obstacle.ts'
import { prepareBill, type PreparedBill, type PreparedLine } from './prepare-bill.ts'

/** A bill reckoned and judged as receiving would, without receiving it. Refuses `not_found` as `prepareBill` does. */
export async function checkBill(db: Reader, bill: NewBill): Promise<BillCheck> {
  const prepared = await prepareBill(db, bill)
  const obstacle = billObstacle(prepared)
  return {
    totals: totalsOf(prepared),
    lines: prepared.lines.map(lineFoundOf),
    obstacle: obstacle && { code: obstacle.code, sentence: obstacle.message },
  }
}

function totalsOf({ bill, reckoned, policy }: PreparedBill): BillCheck['totals'] {
  const totalPaise = reckoned?.totalPaise ?? 0
  return {
    taxablePaise: reckoned?.taxablePaise ?? 0,
    gstPaise: reckoned?.gstPaise ?? 0,
    totalPaise,
    printedTotalPaise: bill.printedTotalPaise,
    differencePaise: bill.printedTotalPaise - totalPaise,
    tolerancePaise: policy.billTolerancePaise,
  }
}

function lineFoundOf({
  line,
  pack,
  flags,
  last,
  ...cost
}: PreparedLine): BillCheck['lines'][number] {
  return {
    medicineId: pack.id,
    name: pack.name,
    batchNumber: line.batchNumber,
    expiry: line.expiry,
    ...cost,
    flags,
    previousMrpPaise: last?.mrpPaise ?? pack.mrpPaise,
    lastUnitPaise: last && last.units > 0 ? Math.floor(last.landedPaise / last.units) : null,
    lastBoughtOn: last?.boughtOn ?? null,
  }
}

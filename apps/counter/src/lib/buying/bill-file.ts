import type { BillFileLine } from '@janta/contracts'
import { writeExpiry } from '../expiry-month.ts'
import { writeRupees } from '../rupees.ts'
import { type BillRow, emptyRow } from './bill-draft.ts'
import { writePercent } from './bill-of-draft.ts'

/** A line of a distributor's file as a row: what could not be read stays blank for a person to fill. */
export function rowOfFile(line: BillFileLine): BillRow {
  return {
    ...emptyRow(),
    medicineId: line.medicineId ?? '',
    medicineName: line.medicineName ?? '',
    supplierItem: line.supplierItem,
    batchNumber: line.batchNumber.trim().toUpperCase(),
    expiry: line.expiry === null ? '' : writeExpiry(line.expiry),
    packs: line.billedPacks === null ? '' : String(line.billedPacks),
    freePacks: line.freePacks === 0 ? '' : String(line.freePacks),
    rate: line.ratePaise === null ? '' : writeRupees(line.ratePaise),
    mrp: line.mrpPaise === null ? '' : writeRupees(line.mrpPaise),
    discount: line.discountBasisPoints === 0 ? '' : writePercent(line.discountBasisPoints),
    gst: line.gstBasisPoints === null ? '' : writePercent(line.gstBasisPoints),
  }
}

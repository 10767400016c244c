import { randomUUID } from 'node:crypto'
import type { NewBill, NewSupplier } from '@janta/contracts'
import type { Database } from '#kernel/database'
import { personCaller } from '#test/shelf-for-tests'
import { receiveBill } from './receive-bill.ts'
import { saveSupplier } from './save-supplier.ts'

export const keeper = personCaller()

/** A wholesaler in order: 20B and 21B in force, returns from 90 days before the expiry to 90 after. */
export function supplierEntry(more: Partial<NewSupplier> = {}): NewSupplier {
  return {
    name: `Wholesale ${randomUUID()}`,
    gstin: null,
    phone: null,
    address: '',
    leadDays: 2,
    claimBeforeDays: 90,
    claimAfterDays: 90,
    licences: [
      { form: '20B', number: 'MP-20B-1', status: 'in_force', validTo: null },
      { form: '21B', number: 'MP-21B-1', status: 'in_force', validTo: null },
    ],
    ...more,
  }
}

export async function addSupplier(
  database: Database,
  more: Partial<NewSupplier> = {},
): Promise<string> {
  return (await saveSupplier(database, keeper, randomUUID(), supplierEntry(more))).id
}

export function billLine(
  medicineId: string,
  more: Partial<NewBill['lines'][number]> = {},
): NewBill['lines'][number] {
  return {
    medicineId,
    batchNumber: 'AB12',
    expiry: '2099-04',
    mrpPaise: 15_000,
    ratePaise: 10_000,
    billedPacks: 10,
    gstBasisPoints: 500,
    goodPacks: 10,
    ...more,
  }
}

/** Receives a bill; ten packs at 100 rupees and 5% come to 1,050 rupees. */
export function receive(
  database: Database,
  bill: Pick<NewBill, 'supplierId' | 'lines'> & Partial<NewBill>,
  key: string = randomUUID(),
) {
  return receiveBill(database, keeper, key, {
    billNumber: randomUUID(),
    billDate: '2026-01-05',
    printedTotalPaise: 105_000 * bill.lines.length,
    ...bill,
  })
}

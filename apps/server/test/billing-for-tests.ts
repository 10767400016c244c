import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Caller, systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import {
  type InvoiceLineInput,
  type InvoiceRequest,
  issueCreditNote,
  type IssuedCreditNote,
  type IssuedInvoice,
  issueInvoice,
  type Returned,
} from '#modules/billing'

export const sampleStoreId = '01900000-0000-7000-8000-000000000001'
export const clerk: Caller = { ...systemCaller('test'), personId: randomUUID() }

/** Three strips of example A of the arithmetic: MRP 112.00, sold at 100.80, 5 percent. */
export function lineOf(more: Partial<InvoiceLineInput> = {}): InvoiceLineInput {
  return {
    line: 1,
    packId: randomUUID(),
    description: 'Testine 650 mg',
    packLabel: 'strip of 10 tablets',
    manufacturer: 'Invented Labs',
    hsn: '30049099',
    schemeMark: null,
    batchId: randomUUID(),
    batchNumber: 'B1',
    expiry: '2098-01',
    packs: 3,
    units: 30,
    unitsPerPack: 10,
    mrpPaise: 112_00,
    pricePaise: 100_80,
    dispensingId: randomUUID(),
    ...more,
  }
}

export function saleOf(
  lines: readonly InvoiceLineInput[] = [lineOf()],
  more: Partial<InvoiceRequest> = {},
): InvoiceRequest {
  return {
    orderId: randomUUID(),
    storeId: sampleStoreId,
    personId: randomUUID(),
    paymentMethod: 'prepaid',
    recipient: {
      name: 'Sunita Sample',
      addressLines: ['12 Invented Lane', 'Near the sample temple'],
      district: 'Indore',
      region: 'Madhya Pradesh',
      pin: '452001',
      language: 'en',
    },
    lines,
    deliveryFeePaise: 0,
    discounts: [],
    pharmacist: { name: 'Asha Sample', registration: 'SAMPLE-123' },
    ...more,
  }
}

export function sell(database: Database, request: InvoiceRequest): Promise<IssuedInvoice> {
  return inTransaction(database, clerk, tx => issueInvoice(tx, clerk, request))
}

export function giveBack(
  database: Database,
  orderId: string,
  lines: Returned,
  reason = 'Returned by the customer',
): Promise<IssuedCreditNote> {
  return inTransaction(database, clerk, tx =>
    issueCreditNote(tx, clerk, { orderId, reason, lines }),
  )
}

/** One row of a table of this module, by id. */
export async function rowOf(
  database: Database,
  table: 'invoice' | 'credit_note',
  id: string,
): Promise<Record<string, unknown>> {
  const { rows } =
    table === 'invoice'
      ? await sql<Record<string, unknown>>`select * from billing.invoice where id = ${id}`.execute(
          database.db,
        )
      : await sql<
          Record<string, unknown>
        >`select * from billing.credit_note where id = ${id}`.execute(database.db)
  return rows[0]!
}

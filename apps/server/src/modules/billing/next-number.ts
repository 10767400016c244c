import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { type Day, financialYearOf } from '#kernel/day'
import type { Tx } from '#kernel/transaction'
import type { InvoiceKind } from './document-kind.ts'
import { documentNumber } from './document-number.ts'

export type DocumentKind = InvoiceKind | 'credit_note' | 'debit_note'

export interface Numbered {
  readonly number: string
  readonly prefix: string
  readonly financialYear: string
  readonly serial: number
}

/**
 * The next number of this store's series in the financial year of `day`. Its counter stays locked until `tx` ends: the
 * number of what rolls back is given again, so the series has neither gap nor double.
 */
export async function nextNumber(
  tx: Tx,
  of: { gstin: string; storeId: string; kind: DocumentKind },
  day: Day,
): Promise<Numbered> {
  const financialYear = financialYearOf(day)
  const { rows } = await sql<{ prefix: string; serial: number }>`
    insert into billing.counter as counter (gstin, prefix, financial_year, last_number)
    select gstin, prefix, ${financialYear}, 1 from billing.series
    where gstin = ${of.gstin} and store_id = ${of.storeId} and kind = ${of.kind}
    on conflict (gstin, prefix, financial_year) do update set last_number = counter.last_number + 1
    returning prefix, last_number as serial`.execute(tx)
  const [next] = rows
  assert(next, `there is no series of ${of.kind} for this store`)
  return { ...next, financialYear, number: documentNumber(next.prefix, day, next.serial) }
}

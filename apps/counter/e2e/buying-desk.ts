import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { checkDigitOf } from '@janta/contracts/gs1'
import type { NewBill, NewSupplier } from '@janta/contracts'
import { type Desk, pharmacyUrl } from './counter.ts'

/** The API as the person at this desk, with the cookies of their browser. */
export async function ask<T>(
  { page }: Desk,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  data?: unknown,
): Promise<T> {
  const answer = await page.request.fetch(`${pharmacyUrl}/api/v1${path}`, {
    method,
    headers: { 'idempotency-key': randomUUID(), origin: pharmacyUrl },
    // A kept connection may be closed by the server at the moment it is used again.
    maxRetries: 2,
    ...(data === undefined ? {} : { data }),
  })
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return (await answer.json()) as T
}

export const supplierEntry = (more: Partial<NewSupplier> = {}): NewSupplier => ({
  name: `E2E Wholesale ${randomUUID().slice(0, 8)}`,
  gstin: null,
  phone: null,
  address: '',
  leadDays: 2,
  claimBeforeDays: 90,
  claimAfterDays: 90,
  licences: ['20B', '21B', '20G'].map(form => ({
    form: form as '20B',
    number: `E2E-${form}`,
    status: 'in_force' as const,
    validTo: null,
  })),
  ...more,
})

/** A supplier in order, entered through the API. */
export async function addSupplier(
  desk: Desk,
  more: Partial<NewSupplier> = {},
): Promise<{ id: string; name: string }> {
  const entry = supplierEntry(more)
  const { id } = await ask<{ id: string }>(
    desk,
    'PUT',
    `/purchases/suppliers/${randomUUID()}`,
    entry,
  )
  return { id, name: entry.name }
}

/** A trade number nobody has scanned here before. */
export function newGtin(): string {
  const body = `0890${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`
  return `${body}${checkDigitOf(body)}`
}

export function billLine(
  medicineId: string,
  more: Partial<NewBill['lines'][number]> = {},
): NewBill['lines'][number] {
  return {
    medicineId,
    batchNumber: `L${Math.floor(Math.random() * 1e8)}`,
    expiry: '2031-04',
    mrpPaise: 15_000,
    ratePaise: 10_000,
    billedPacks: 10,
    gstBasisPoints: 500,
    goodPacks: 10,
    ...more,
  }
}

/** Receives a bill through the API; its total is what the server makes of it. */
export async function receiveByApi(
  desk: Desk,
  supplierId: string,
  lines: NewBill['lines'],
): Promise<{ id: string }> {
  const bill = {
    supplierId,
    billNumber: `API/${randomUUID().slice(0, 8)}`,
    billDate: '2026-01-05',
    lines,
    printedTotalPaise: 0,
  }
  const check = await ask<{ totals: { totalPaise: number } }>(
    desk,
    'POST',
    '/purchases/bills/check',
    bill,
  )
  return ask(desk, 'POST', '/purchases/bills', {
    ...bill,
    printedTotalPaise: check.totals.totalPaise,
  })
}

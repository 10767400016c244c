import { isGstin, type NewSeller } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { isDay } from '#kernel/day'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { stateOfCode } from './place-of-supply.ts'

/**
 * Records who sells from a day on: documents of earlier days keep what stood then. A registration that is new to the
 * store gets its number series with it. Refuses `seller_invalid` for a GSTIN, a state or a day that cannot be, and for
 * a day in the past, because documents of it were printed with other facts.
 */
export async function recordSeller(
  database: Database,
  caller: Caller,
  seller: NewSeller,
  options: { isSample?: boolean } = {},
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ today: string; isFirst: boolean }>`
      select kernel.today() as today,
        not exists (select from billing.seller where store_id = ${seller.storeId}) as "isFirst"`.execute(
      tx,
    )
    const { today, isFirst } = rows[0]!
    assertPossible(seller, isFirst ? undefined : today)
    const id = newId()
    await writeSeller(tx, caller, { ...seller, id, isSample: options.isSample ?? false })
    await openSeries(tx, seller)
    return { id }
  })
}

function assertPossible(seller: NewSeller, notBefore: string | undefined): void {
  const problems: { field: string; message: string }[] = []
  if (!isGstin(seller.gstin))
    problems.push({ field: 'gstin', message: 'A character of this GSTIN is mistyped' })
  else if (!stateOfCode(seller.gstin.slice(0, 2)))
    problems.push({ field: 'gstin', message: 'Its first two digits are no state' })
  if (!isDay(seller.effectiveFrom))
    problems.push({ field: 'effectiveFrom', message: 'There is no such day' })
  else if (notBefore !== undefined && seller.effectiveFrom < notBefore)
    problems.push({ field: 'effectiveFrom', message: 'Documents of that day are printed already' })
  if (problems.length === 0) return
  throw new Refusal('seller_invalid', 'Some of these facts cannot be. Correct the marked ones.', {
    fields: problems,
  })
}

async function writeSeller(
  tx: Tx,
  caller: Caller,
  seller: NewSeller & { id: string; isSample: boolean },
): Promise<void> {
  await sql`
    insert into billing.seller (id, store_id, effective_from, legal_name, trade_name, address_lines, pin, state_code,
      gstin, drug_licences, fssai_number, phone, email, hsn_digits, delivery_treatment, is_sample, recorded_by,
      request_id)
    values (${seller.id}, ${seller.storeId}, ${seller.effectiveFrom}, ${seller.legalName}, ${seller.tradeName},
      ${[...seller.addressLines]}::text[], ${seller.pin}, ${seller.gstin.slice(0, 2)}, ${seller.gstin},
      ${[...seller.drugLicences]}::text[], ${seller.fssaiNumber ?? null}, ${seller.phone ?? null},
      ${seller.email ?? null}, ${seller.hsnDigits}, ${seller.deliveryTreatment}, ${seller.isSample},
      ${caller.personId}, ${caller.requestId})`.execute(tx)
}

const letters = [
  ['tax_invoice', 'JP'],
  ['bill_of_supply', 'JB'],
  ['invoice_cum_bill', 'JM'],
  ['credit_note', 'JC'],
  ['debit_note', 'JD'],
] as const

/** Each kind of document its own series; a second store under the same registration is told apart by its number. */
async function openSeries(tx: Tx, { gstin, storeId }: NewSeller): Promise<void> {
  await sql`
    insert into billing.series (gstin, prefix, store_id, kind)
    select ${gstin}, letters || case when stores.before = 0 then '' else (stores.before + 1)::text end, ${storeId}, kind
    from unnest(${letters.map(([kind]) => kind)}::text[], ${letters.map(([, two]) => two)}::text[])
      as wanted (kind, letters)
    cross join (
      select count(distinct store_id) as before from billing.series where gstin = ${gstin} and store_id <> ${storeId}
    ) as stores
    on conflict (gstin, store_id, kind) do nothing`.execute(tx)
}

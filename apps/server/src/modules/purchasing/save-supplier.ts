import { isGstin, type NewSupplier, type Supplier } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { isDay } from '#kernel/day'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { findSupplier } from './find-suppliers.ts'
import { keyOf } from './name-key.ts'

/**
 * Enters a supplier under this id or corrects it. Licences are added as they are known now; what was known before
 * stays on record. Refuses `supplier_exists` for a name another supplier has and `supplier_invalid` for a GSTIN or
 * a day that cannot be.
 */
export function saveSupplier(
  database: Database,
  caller: Caller,
  id: string,
  supplier: NewSupplier,
): Promise<Supplier> {
  return inTransaction(database, caller, async tx => {
    const gstin = supplier.gstin?.trim().toUpperCase() || null
    assertPossible(supplier, gstin)
    await writeSupplier(tx, id, { ...supplier, gstin })
    await writeLicences(tx, caller, id, supplier.licences)
    return findSupplier(tx, id)
  })
}

function assertPossible(supplier: NewSupplier, gstin: string | null): void {
  const fields = [
    ...(gstin !== null && !isGstin(gstin)
      ? [{ field: 'gstin', message: 'A character of this GSTIN is mistyped' }]
      : []),
    ...supplier.licences.flatMap(({ validTo }, at) =>
      validTo !== null && !isDay(validTo)
        ? [{ field: `licences.${at}.validTo`, message: 'There is no such day' }]
        : [],
    ),
  ]
  if (fields.length === 0) return
  throw new Refusal('supplier_invalid', 'Compare the entries with the supplier’s letterhead.', {
    fields,
  })
}

async function writeSupplier(tx: Tx, id: string, one: NewSupplier): Promise<void> {
  const { rows } = await sql`
    insert into purchasing.supplier (id, name, name_key, gstin, phone, address, lead_days,
      claim_before_days, claim_after_days)
    select ${id}, ${one.name.trim()}, ${keyOf(one.name)}, ${one.gstin}, ${one.phone}, ${one.address},
      ${one.leadDays}::integer, ${one.claimBeforeDays}::integer, ${one.claimAfterDays}::integer
    where not exists (
      select from purchasing.supplier where name_key = ${keyOf(one.name)} and id <> ${id})
    on conflict (id) do update set name = excluded.name, name_key = excluded.name_key, gstin = excluded.gstin,
      phone = excluded.phone, address = excluded.address, lead_days = excluded.lead_days,
      claim_before_days = excluded.claim_before_days, claim_after_days = excluded.claim_after_days
    returning id`.execute(tx)
  if (rows.length > 0) return
  throw new Refusal('supplier_exists', 'Another supplier has this name. Use that one.', {
    fields: [{ field: 'name', message: 'is another supplier’s' }],
  })
}

/** A row only where something changed, so that saving the form twice says nothing new. */
async function writeLicences(
  tx: Tx,
  caller: Caller,
  supplierId: string,
  licences: NewSupplier['licences'],
): Promise<void> {
  const rows = licences.map(one => ({
    id: newId(),
    form: one.form,
    number: one.number.trim(),
    status: one.status,
    valid_to: one.validTo,
  }))
  await sql`
    insert into purchasing.supplier_licence (id, supplier_id, form, number, status, valid_to, recorded_by)
    select given.id, ${supplierId}, given.form, given.number, given.status, given.valid_to, ${caller.personId}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (id uuid, form text, number text, status text, valid_to date)
    left join lateral (
      select status, valid_to from purchasing.supplier_licence as known
      where known.supplier_id = ${supplierId} and known.form = given.form and known.number = given.number
      order by known.id desc limit 1
    ) as known on true
    where (known.status, known.valid_to) is distinct from (given.status, given.valid_to)`.execute(
    tx,
  )
}

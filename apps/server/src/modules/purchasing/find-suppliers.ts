import { purchaseListMax, type Supplier, type SupplierLicence } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import { supplierObstacle } from './licence.ts'

interface SupplierRow extends Omit<Supplier, 'licences' | 'obstacle'> {
  readonly licences: SupplierLicence[]
  readonly today: Day
}

const supplierColumns = sql`
  supplier.id, supplier.name, supplier.gstin, supplier.phone, supplier.address,
  supplier.lead_days as "leadDays", supplier.claim_before_days as "claimBeforeDays",
  supplier.claim_after_days as "claimAfterDays", kernel.today() as today,
  coalesce((
    select json_agg(json_build_object('form', known.form, 'number', known.number, 'status', known.status,
      'validTo', known.valid_to) order by known.form, known.number)
    from (
      select distinct on (form, number) form, number, status, valid_to
      from purchasing.supplier_licence as licence where licence.supplier_id = supplier.id
      order by form, number, id desc
    ) as known
  ), '[]') as licences`

/** Every supplier by name, at most `purchaseListMax`. */
export async function findSuppliers(db: Reader): Promise<{ items: Supplier[] }> {
  const { rows } = await sql<SupplierRow>`
    select ${supplierColumns} from purchasing.supplier
    order by supplier.name_key limit ${purchaseListMax}`.execute(db)
  return { items: rows.map(supplierOf) }
}

/** One supplier, or `not_found`. */
export async function findSupplier(db: Reader, id: string): Promise<Supplier> {
  const { rows } = await sql<SupplierRow>`
    select ${supplierColumns} from purchasing.supplier where supplier.id = ${id}`.execute(db)
  const [row] = rows
  if (!row) throw new Refusal('not_found', 'This supplier is not on record. Enter it first.')
  return supplierOf(row)
}

function supplierOf({ today, ...row }: SupplierRow): Supplier {
  return { ...row, obstacle: supplierObstacle(row.licences, today) }
}

import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'

/** A batch as its bill brought it, and what of it already went back. Base units and paise. */
export interface Returnable {
  readonly batchId: string
  readonly packId: string
  readonly supplierId: string
  readonly supplierName: string
  readonly billNumber: string
  readonly claimBeforeDays: number
  readonly claimAfterDays: number
  readonly expectedUnits: number
  readonly cameUnits: number
  readonly taxablePaise: number
  readonly gstPaise: number
  readonly returnedUnits: number
  /** Units billed that never came and were asked back already. */
  readonly shortClaimedUnits: number
}

/** These batches as bought; batches that came without a bill here are absent. */
export async function findReturnable(
  db: Reader,
  batchIds: readonly string[],
): Promise<Map<string, Returnable>> {
  const { rows } = await sql<Returnable>`
    select bill_line.batch_id as "batchId", bill_line.pack_id as "packId", supplier.id as "supplierId",
      supplier.name as "supplierName", bill.bill_number as "billNumber",
      supplier.claim_before_days as "claimBeforeDays", supplier.claim_after_days as "claimAfterDays",
      greatest(bill_line.billed_packs + bill_line.free_packs, bill_line.good_packs + bill_line.damaged_packs)
        * bill_line.units_per_pack as "expectedUnits",
      (bill_line.good_packs + bill_line.damaged_packs) * bill_line.units_per_pack as "cameUnits",
      -- What the line still costs: a difference of the rate was asked back from all of it.
      bill_line.taxable_paise - coalesce(back.rate_taxable, 0)::bigint as "taxablePaise",
      bill_line.gst_paise - coalesce(back.rate_gst, 0)::bigint as "gstPaise",
      coalesce(back.units, 0)::integer as "returnedUnits", coalesce(back.short_units, 0)::integer as "shortClaimedUnits"
    from purchasing.bill_line
    join purchasing.bill on bill.id = bill_line.bill_id
    join purchasing.supplier on supplier.id = bill.supplier_id
    left join lateral (
      select sum(units) filter (where kind not in ('shortage', 'rate_difference')) as units,
        sum(units) filter (where kind = 'shortage') as short_units,
        sum(debit_line.taxable_paise) filter (where kind = 'rate_difference') as rate_taxable,
        sum(debit_line.gst_paise) filter (where kind = 'rate_difference') as rate_gst
      from purchasing.debit_line join purchasing.debit_note on debit_note.id = debit_note_id
      where debit_line.batch_id = bill_line.batch_id
    ) as back on true
    where bill_line.batch_id = any(${batchIds}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.batchId, row]))
}

/**
 * What the supplier owes for the next `units` of a batch: the bill's line spread over its units, free ones included, and
 * reckoned from the first unit on, so that sending everything back and asking back what never came, in any parts, gives
 * the line to the paisa.
 */
export function debitFor(
  batch: Pick<Returnable, 'expectedUnits' | 'returnedUnits' | 'taxablePaise' | 'gstPaise'> &
    Partial<Pick<Returnable, 'shortClaimedUnits'>>,
  units: number,
): { taxablePaise: number; gstPaise: number } {
  const { expectedUnits } = batch
  const debited = batch.returnedUnits + (batch.shortClaimedUnits ?? 0)
  const share = (amount: number) =>
    upTo(amount, debited + units, expectedUnits) - upTo(amount, debited, expectedUnits)
  return { taxablePaise: share(batch.taxablePaise), gstPaise: share(batch.gstPaise) }
}

function upTo(amount: number, units: number, of: number): number {
  return of === 0 ? 0 : Number((BigInt(amount) * BigInt(units)) / BigInt(of))
}

import { sql } from 'kysely'
import { type Day, financialYearOf } from '#kernel/day'
import type { Tx } from '#kernel/transaction'

/**
 * The next number of debit notes in the financial year of `day`, `DN/26-27/000001`: 15 of the 16 characters GST
 * allows. The counter's row stays locked until the commit, so numbers follow each other without a gap.
 */
export async function nextDebitNumber(tx: Tx, day: Day): Promise<string> {
  const year = financialYearOf(day)
  const { rows } = await sql<{ number: number }>`
    insert into purchasing.number_series as series (series, financial_year, last_number)
    values ('DN', ${year}, 1)
    on conflict (series, financial_year) do update set last_number = series.last_number + 1
    returning last_number as number`.execute(tx)
  return `DN/${year}/${String(rows[0]!.number).padStart(6, '0')}`
}

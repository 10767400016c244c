import type { BillColumnPlaces } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { headingsKey } from './bill-file-columns.ts'

/** Keeps the columns as chosen now; chosen again, the last choice holds. */
export async function rememberColumns(
  database: Database,
  caller: Caller,
  chosen: {
    supplierId: string
    header: { readonly cells: readonly string[] }
    columns: BillColumnPlaces
  },
): Promise<void> {
  await inTransaction(database, caller, tx =>
    sql`
      insert into purchasing.bill_file_columns (supplier_id, headings_key, columns)
      values (${chosen.supplierId}, ${headingsKey(chosen.header.cells)}, ${JSON.stringify(chosen.columns)}::jsonb)
      on conflict (supplier_id, headings_key) do update set columns = excluded.columns`.execute(tx),
  )
}

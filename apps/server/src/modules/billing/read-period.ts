import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { findPeriod } from './find-period.ts'
import type { Period, PeriodAsked } from './period-tables.ts'

/** The tables of a month out of one snapshot, so that a sale made meanwhile is in all of them or in none. */
export async function readPeriod(database: Database, asked: PeriodAsked): Promise<Period> {
  return inTransaction(database, systemCaller('billing.read_period'), async tx => {
    await sql`set transaction isolation level repeatable read read only`.execute(tx)
    return await findPeriod(tx, asked)
  })
}

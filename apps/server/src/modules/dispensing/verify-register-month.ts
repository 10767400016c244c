import type { RegisterVerdict } from '@janta/contracts'
import { type Kysely, sql } from 'kysely'
import type { Month } from '#kernel/day'
import { compareRegisters } from './compare-registers.ts'
import { verifyRegisters } from './verify-registers.ts'

/** The registers of one store over one month: their chains, and what was dispensed against what stands in them. */
export async function verifyRegisterMonth(
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  storeId: string,
  month: Month,
): Promise<RegisterVerdict> {
  const chain = await verifyRegisters(db, month)
  const rebuilt = await compareRegisters(db, month)
  const { rows } = await sql<{ now: Date }>`select kernel.now() as now`.execute(db)
  return {
    month,
    registers: chain.read
      .filter(one => one.storeId === storeId)
      .map(({ register, entries, lastSerial, hash }) => ({
        register,
        entries,
        lastSerial,
        headHash: hash,
      })),
    dispensings: rebuilt.dispensings,
    faults: [...chain.faults, ...rebuilt.faults],
    verifiedAt: rows[0]!.now.toISOString(),
  }
}

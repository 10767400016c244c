import { sql } from 'kysely'
import { giveBack } from '#modules/prescriptions'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/day'
import type { Tx } from '#kernel/transaction'
import { voidRegisterEntries } from './void-register-entries.ts'

/**
 * What was dispensed for an order came back unused: the prescribed quantity is there again, the occasion stays used
 * (Drugs Rules 65(11)), and the registers say why the entry is void. Lines that rested on no prescription are left
 * alone.
 */
export async function takeBackSupply(
  tx: Tx,
  caller: Caller,
  { orderId, reason }: { orderId: string; reason: string },
): Promise<void> {
  const { rows } = await sql<{ dispensingId: string; units: number; on: Day }>`
    select id as "dispensingId", units, kernel.today() as on
    from dispensing.dispensing where order_id = ${orderId} order by order_line, batch_id`.execute(
    tx,
  )
  for (const row of rows) await giveBack(tx, caller, row)
  await voidRegisterEntries(tx, caller, { orderId, reason })
}

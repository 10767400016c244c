import type { SaleSwitch } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'
import { servingStoreId } from './decision-matrix.ts'

/**
 * Switches a kind of delivery on or off in the serving store, at once: the next order is judged by it. Every throw
 * of a switch is a row with its reason, the one that repeats what stands included.
 */
export async function setSaleSwitch(
  database: Database,
  caller: Caller,
  wanted: { switch: SaleSwitch; isOn: boolean; reason: string },
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const id = newId()
    await sql`
      insert into catalogue.sale_switch (id, store_id, switch, is_on, reason, switched_by)
      values (${id}, ${servingStoreId}, ${wanted.switch}, ${wanted.isOn}, ${wanted.reason}, ${caller.personId})`.execute(
      tx,
    )
    await emit(tx, caller, 'catalogue.sale_switched', { switch: wanted.switch, isOn: wanted.isOn })
    return { id }
  })
}

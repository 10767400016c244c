import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { lockDue, noDue } from './door.ts'

/**
 * Somebody saw the payment in the pharmacy's own bank statement, not on the customer's screen, and writes its number
 * down. A number that paid another order is refused (`bank_reference_used`): a picture of an old payment pays nothing.
 */
export async function recordDoorUpi(
  database: Database,
  caller: Caller,
  paid: { orderId: string; bankReference: string },
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    const due = await lockDue(tx, paid.orderId)
    if (!due) throw noDue()
    if (due.state === 'upi' && due.bankReference === paid.bankReference) return { id: due.orderId }
    if (due.state !== 'expected') {
      throw new Refusal(
        'payment_state_forbids',
        'This order is decided already. Look at how it was paid.',
      )
    }
    // Two counters may write the same number at the same moment: the key decides, as a value.
    const written = await sql`
      insert into payments.upi_reference (bank_reference, order_id)
      values (${paid.bankReference}, ${paid.orderId}) on conflict do nothing returning order_id`.execute(
      tx,
    )
    if (written.rows.length === 0) throw used()
    await sql`
      update payments.door_due
      set state = 'upi', bank_reference = ${paid.bankReference}, decided_at = kernel.now(),
        decided_by = ${caller.personId}::uuid
      where order_id = ${paid.orderId}`.execute(tx)
    return { id: due.orderId }
  })
}

const used = (): Refusal =>
  new Refusal(
    'bank_reference_used',
    'This bank number paid another order already. Ask the customer to pay this one, and look in our own statement.',
  )

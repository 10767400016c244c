import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'

/**
 * Strikes an invoice that was a mistake, on the day it was issued and before anything of it was credited: its number
 * stays in the series, listed as cancelled, and its order may get another invoice. Refuses `not_found`, and
 * `invoice_state_forbids` later, when only a credit note can correct it.
 */
export async function cancelInvoice(
  tx: Tx,
  caller: Caller,
  request: { invoiceId: string; reason: string },
): Promise<void> {
  const { rows } = await sql<{ maySoon: boolean; isCancelled: boolean }>`
    select issued_on = kernel.today()
        and not exists (select from billing.credit_note where credit_note.invoice_id = invoice.id) as "maySoon",
      exists (select from billing.cancellation where document_id = invoice.id) as "isCancelled"
    from billing.invoice where id = ${request.invoiceId}`.execute(tx)
  const [found] = rows
  if (!found) throw new Refusal('not_found', 'There is no such invoice.')
  if (found.isCancelled || !found.maySoon) {
    throw new Refusal(
      'invoice_state_forbids',
      'An invoice can be cancelled only on its own day and before anything was credited. Issue a credit note instead.',
    )
  }
  await sql`
    insert into billing.cancellation (document_id, reason, cancelled_by, request_id)
    values (${request.invoiceId}, ${request.reason}, ${caller.personId}, ${caller.requestId})`.execute(
    tx,
  )
  await emit(tx, caller, 'billing.invoice_cancelled', { invoiceId: request.invoiceId })
}

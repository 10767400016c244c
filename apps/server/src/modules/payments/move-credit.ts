import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'

export interface CreditMove {
  readonly personId: string
  readonly orderId: string
  readonly amountPaise: number
  /** Names the cause, such as `return:<id>`: the same cause moves nothing twice. */
  readonly key: string
  readonly note?: string | undefined
}

/**
 * Pays part or all of an order with the person's store credit, once an order. Refuses `credit_changed` when there is
 * less of it than the customer saw.
 */
export async function spendCredit(
  tx: Tx,
  caller: Caller,
  spent: Omit<CreditMove, 'key' | 'note'>,
): Promise<void> {
  const key = `spent:${spent.orderId}`
  const isPaid = await move(tx, caller, 'spent', {
    ...spent,
    key,
    amountPaise: -positive(spent.amountPaise),
  })
  if (isPaid) return
  throw new Refusal(
    'credit_changed',
    'There is less store credit than a moment ago, perhaps spent in another window. Check the total and order again; nothing was lost.',
  )
}

/** Gives back of what an order was paid for with store credit; the caller locked the order and asks for no more. */
export async function returnCredit(tx: Tx, caller: Caller, returned: CreditMove): Promise<void> {
  positive(returned.amountPaise)
  const isDone = await move(tx, caller, 'returned', returned)
  assert(isDone, 'no more credit comes back than was spent on the order')
}

/** Writes money into a person's store credit: a present with its reason, or money of an order instead of a refund. */
export async function giveCredit(
  tx: Tx,
  caller: Caller,
  kind: 'goodwill' | 'refunded',
  given: CreditMove,
): Promise<void> {
  positive(given.amountPaise)
  assert(await move(tx, caller, kind, given), 'giving needs no balance')
}

async function move(tx: Tx, caller: Caller, kind: string, entry: CreditMove): Promise<boolean> {
  const { rows } = await sql<{ balance: number | null }>`
    select payments.move_credit(${JSON.stringify({
      person_id: entry.personId,
      order_id: entry.orderId,
      kind,
      amount_paise: entry.amountPaise,
      key: entry.key,
      note: entry.note ?? null,
      actor_id: caller.personId,
      request_id: caller.requestId,
    })}::jsonb) as balance`.execute(tx)
  return rows[0]?.balance !== null
}

function positive(paise: number): number {
  assert(Number.isSafeInteger(paise) && paise > 0, 'credit moves by whole positive paise')
  return paise
}

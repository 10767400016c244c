import type { IntentState } from '@janta/contracts'
import { type Kysely, sql } from 'kysely'
import type { Tx } from '#kernel/transaction'

/** Anything that answers a query: a transaction, or the autocommit readers. */
export type Reader = Pick<Kysely<unknown>, 'getExecutor'>

export interface Intent {
  readonly id: string
  readonly orderId: string
  readonly personId: string
  readonly state: IntentState
  readonly amountPaise: number
  readonly expiresAt: Date
  readonly isLate: boolean
  readonly closedAt: Date | null
  readonly gatewayAskedAt: Date | null
  readonly gatewayOrderId: string | null
  readonly paidBy: string | null
}

const columns = sql`
  id, order_id as "orderId", person_id as "personId", state, amount_paise as "amountPaise",
  expires_at as "expiresAt", kernel.now() >= expires_at as "isLate", closed_at as "closedAt",
  gateway_asked_at as "gatewayAskedAt", gateway_order_id as "gatewayOrderId", paid_by as "paidBy"`

// Every writer locks the intent first, then its payment, then a refund: one order for all, so nobody waits in a ring.

export async function lockIntentOfOrder(tx: Tx, orderId: string): Promise<Intent | undefined> {
  const { rows } = await sql<Intent>`
    select ${columns} from payments.intent where order_id = ${orderId} for update`.execute(tx)
  return rows[0]
}

export async function lockIntentOfGatewayOrder(
  tx: Tx,
  gatewayOrderId: string,
): Promise<Intent | undefined> {
  const { rows } = await sql<Intent>`
    select ${columns} from payments.intent where gateway_order_id = ${gatewayOrderId} for update`.execute(
    tx,
  )
  return rows[0]
}

export async function lockIntent(tx: Tx, id: string): Promise<Intent | undefined> {
  const { rows } = await sql<Intent>`
    select ${columns} from payments.intent where id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function findIntent(db: Reader, id: string): Promise<Intent | undefined> {
  const { rows } = await sql<Intent>`
    select ${columns} from payments.intent where id = ${id}`.execute(db)
  return rows[0]
}

/** A person's own intent by its order; another person's order has none, as far as anybody can tell. */
export async function findIntentOfOrder(
  db: Reader,
  orderId: string,
  personId: string,
): Promise<Intent | undefined> {
  const { rows } = await sql<Intent>`
    select ${columns} from payments.intent
    where order_id = ${orderId} and person_id = ${personId}`.execute(db)
  return rows[0]
}

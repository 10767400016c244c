import {
  type CancelReason,
  type Fulfilment,
  mayOrder,
  type OrderAct,
  type OrderState,
  type PaymentMethod,
} from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'

export interface LockedOrder {
  readonly id: string
  readonly state: OrderState
  readonly personId: string
  readonly storeId: string
  readonly totalPaise: number
  /** Of it, paid with store credit. */
  readonly creditPaise: number
  readonly fulfilment: Fulfilment
  readonly paymentMethod: PaymentMethod
  /** A recall took packs from it and the shelf cannot give others yet. */
  readonly isOnHold: boolean
}

/**
 * Finds an order and keeps it for this transaction: every step of its life begins here, before any stock is locked.
 * With a person given, only that person's order is found; anybody else's does not exist (`not_found`).
 */
export async function lockOrder(
  tx: Tx,
  id: string,
  personId: string | null = null,
): Promise<LockedOrder> {
  const { rows } = await sql<LockedOrder>`
    select id, state, person_id as "personId", store_id as "storeId", total_paise as "totalPaise",
      credit_paise as "creditPaise", fulfilment,
      payment_method as "paymentMethod", on_hold_since is not null as "isOnHold"
    from ordering.order
    where id = ${id} and (${personId}::uuid is null or person_id = ${personId}::uuid)
    for update`.execute(tx)
  const [order] = rows
  if (!order) throw orderNotFound()
  return order
}

export function orderNotFound(): Refusal {
  return new Refusal('not_found', 'There is no such order. Look it up in the list.')
}

const isNow: Readonly<Record<OrderState, string>> = {
  awaiting_prescription: 'A pharmacist is still looking at the prescription of this order.',
  awaiting_choice:
    'The customer has still to choose what becomes of the part that was not approved.',
  awaiting_payment: 'This order is not paid yet.',
  placed: 'This order is not packed yet. Pack it first.',
  packed: 'This order is packed already. Call the pharmacy, or refuse it at the door.',
  out_for_delivery: 'This order is on its way already. Refuse it at the door if it is not wanted.',
  delivered: 'This order was delivered already. Open it to see when and to whom.',
  returned: 'This order came back to the store already. Open it to see why.',
  cancelled: 'This order was cancelled already. Place a new one if it is still wanted.',
}

/** Refuses `order_state_forbids` when the table of states does not allow the act now. */
export function assertMay(act: OrderAct, order: LockedOrder): void {
  if (!mayOrder(act, order.state)) throw new Refusal('order_state_forbids', isNow[order.state])
  if (act === 'pack' && order.isOnHold) {
    throw new Refusal(
      'order_on_hold',
      'A recalled batch was taken from this order and there is no other yet. Receive stock, or cancel the order.',
    )
  }
}

export interface Step {
  readonly state: OrderState
  readonly actor: 'customer' | 'staff' | 'system'
  readonly reason?: CancelReason
  readonly note?: string
  readonly collectedPaise?: number
}

/** Moves a locked order into its next state and writes who did it on the timeline; the key of the timeline says which only once. */
export async function enterState(
  tx: Tx,
  caller: Caller,
  order: LockedOrder,
  step: Step,
): Promise<void> {
  const actorId = step.actor === 'system' ? null : caller.personId
  await sql`
    with moved as (
      update ordering.order set state = ${step.state} where id = ${order.id} returning id
    )
    insert into ordering.order_event
      (order_id, state, actor_kind, actor_id, reason, note, collected_paise, request_id)
    select id, ${step.state}, ${step.actor}, ${actorId}::uuid, ${step.reason ?? null}, ${step.note ?? null},
      ${step.collectedPaise ?? null}::bigint, ${caller.requestId}
    from moved`.execute(tx)
}

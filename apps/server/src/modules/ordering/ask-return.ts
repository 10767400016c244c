import { type ReturnReason, returnWithinDays } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { lockOrder } from './order-step.ts'

export interface ReturnAsked {
  readonly id: string
  readonly reason: ReturnReason
  readonly note?: string | undefined
  readonly lines: readonly { medicineId: string; packs: number }[]
}

/**
 * The customer asks to give back chosen packs of a delivered order. Nothing moves before a pharmacist has seen them.
 * Refuses `not_found` for another's order, `order_state_forbids` before delivery, `return_window_over`,
 * `return_exceeds_sale` for more than she still has of it, and `return_state_forbids` while one return waits.
 */
export async function askReturn(
  database: Database,
  caller: Caller,
  asked: ReturnAsked,
): Promise<{ id: string; returnId: string }> {
  return inTransaction(database, caller, async tx => {
    const order = await lockOrder(tx, asked.id, caller.personId)
    if (order.state !== 'delivered')
      throw new Refusal('order_state_forbids', 'Only what was delivered can be given back.')
    await assertInTime(tx, order.id)
    const lines = await linesOf(tx, order.id, asked.lines)
    const returnId = newId()
    const note = asked.note?.trim()
    const { rows } = await sql`
      insert into ordering.return (id, order_id, reason, note)
      values (${returnId}, ${order.id}, ${asked.reason}, ${note || null})
      on conflict (order_id) where state = 'asked' do nothing returning id`.execute(tx)
    if (rows.length === 0)
      throw new Refusal(
        'return_state_forbids',
        'A return of this order is being looked at already. Its answer appears on the order.',
      )
    await sql`
      insert into ordering.return_line (return_id, order_line, asked_packs)
      select ${returnId}, line, packs
      from unnest(${[...lines.keys()]}::integer[], ${[...lines.values()]}::integer[]) as given (line, packs)`.execute(
      tx,
    )
    await emit(tx, caller, 'ordering.return_asked', { orderId: order.id, returnId })
    return { id: order.id, returnId }
  })
}

async function assertInTime(tx: Tx, orderId: string): Promise<void> {
  const { rows } = await sql<{ isOver: boolean }>`
    select at + make_interval(days => ${returnWithinDays}) < kernel.now() as "isOver"
    from ordering.order_event where order_id = ${orderId} and state = 'delivered'`.execute(tx)
  if (rows[0]?.isOver === false) return
  throw new Refusal(
    'return_window_over',
    `Medicines can be given back within ${returnWithinDays} days of delivery. Call the pharmacy about this one.`,
  )
}

/** Packs by line number, with what came back before counted against what was sold. */
async function linesOf(
  tx: Tx,
  orderId: string,
  asked: ReturnAsked['lines'],
): Promise<Map<number, number>> {
  const { rows } = await sql<{ line: number; medicineId: string; left: number }>`
    select line, pack_id as "medicineId", (quantity - coalesce((
      select sum(accepted_packs) from ordering.return_line join ordering.return on return.id = return_line.return_id
      where return.order_id = order_line.order_id and return_line.order_line = order_line.line), 0))::integer as left
    from ordering.order_line where order_id = ${orderId} order by line`.execute(tx)
  const lines = new Map<number, number>()
  for (const { medicineId, packs } of asked) {
    const line = rows.find(one => one.medicineId === medicineId)
    const wanted = packs + (line ? (lines.get(line.line) ?? 0) : 0)
    if (!line || wanted > line.left) {
      const sentence = `This order has ${line?.left ?? 0} packs of that medicine left to give back. Choose fewer.`
      throw new Refusal('return_exceeds_sale', sentence, {
        fields: [{ field: `lines.${medicineId}`, message: sentence }],
      })
    }
    lines.set(line.line, wanted)
  }
  return lines
}

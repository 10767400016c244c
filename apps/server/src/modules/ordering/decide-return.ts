import type { decideReturn as contract, RequestOf } from '@janta/contracts'
import { sql } from 'kysely'
import { type IssuedCreditNote, issueCreditNote } from '#modules/billing'
import { findPacks } from '#modules/catalogue'
import { type Dispensed, findDispensed } from '#modules/dispensing'
import { keepAsCredit, moveInDrawer, requestRefund, returnCredit } from '#modules/payments'
import { disposeUnits, takeBackUnits } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { mustBeDestroyed } from './find-returns.ts'
import { type LockedOrder, lockOrder } from './order-step.ts'
import { splitBack } from './split-back.ts'

type Decision = RequestOf<typeof contract>['body'] & { id: string }

/**
 * The pharmacist has seen what came back and accepts it batch by batch, or declines. In one transaction: the credit
 * note at the rates of the invoice, the refund, and the units into quarantine or out of the books; a prescription
 * medicine or one of the cold chain is destroyed whatever is asked. Refuses `not_found`, `return_state_forbids` for one
 * decided already, `return_exceeds_sale` for more than was asked or sold, `reason_needed` for less without an answer
 * to the customer or a transfer without its reference, and as `requestRefund` and `moveInDrawer`.
 */
export async function decideReturn(
  database: Database,
  caller: Caller,
  decision: Decision,
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const order = await lockReturned(tx, decision.id)
    const asked = await findAsked(tx, decision.id)
    const accepted = await acceptedOf(tx, order.id, decision, asked)
    const isWhole = asked.every(one => (accepted.packs.get(one.line) ?? 0) === one.packs)
    if (!isWhole && !decision.answer)
      throw new Refusal('reason_needed', 'Write to the customer why not everything was accepted.')
    const isAccepted = accepted.lines.length > 0
    const note = isAccepted ? await credit(tx, caller, order, decision, accepted.lines) : null
    await sql`
      update ordering.return set state = ${isAccepted ? 'accepted' : 'declined'}, decided_at = kernel.now(),
        decided_by = ${caller.personId}, answer = ${decision.answer ?? null},
        refund_paise = ${note?.totalPaise ?? null}, refund_way = ${note ? decision.refundWay : null},
        reference = ${note ? (decision.reference ?? null) : null}, credit_note = ${note?.number ?? null},
        credit_paise = ${note?.creditPaise ?? 0}
      where id = ${decision.id}`.execute(tx)
    await sql`
      update ordering.return_line set accepted_packs = given.packs
      from unnest(${[...accepted.packs.keys()]}::integer[], ${[...accepted.packs.values()]}::integer[])
        as given (line, packs)
      where return_id = ${decision.id} and order_line = given.line`.execute(tx)
    await emit(tx, caller, 'ordering.return_decided', { orderId: order.id, returnId: decision.id })
    if (note) await takeBack(tx, caller, order, accepted.lines, note.units)
    return { id: decision.id }
  })
}

async function lockReturned(tx: Tx, id: string): Promise<LockedOrder> {
  const { rows } = await sql<{ orderId: string }>`
    select order_id as "orderId" from ordering.return where id = ${id}`.execute(tx)
  if (!rows[0])
    throw new Refusal('not_found', 'There is no such return. Look it up in the list of returns.')
  // The order first, as everywhere; the return under its lock is what no second decision can pass.
  const order = await lockOrder(tx, rows[0].orderId)
  const { rows: found } = await sql<{ state: string }>`
    select state from ordering.return where id = ${id} for update`.execute(tx)
  if (found[0]?.state === 'asked') return order
  throw new Refusal('return_state_forbids', 'This return was decided already. Look at its answer.')
}

interface Asked {
  readonly line: number
  readonly packId: string
  readonly packs: number
}

async function findAsked(tx: Tx, id: string): Promise<Asked[]> {
  const { rows } = await sql<Asked>`
    select return_line.order_line as line, order_line.pack_id as "packId", asked_packs as packs
    from ordering.return_line join ordering.return on return.id = return_line.return_id
    join ordering.order_line on order_line.order_id = return.order_id and order_line.line = return_line.order_line
    where return_id = ${id} order by line`.execute(tx)
  return rows
}

interface Accepted extends Dispensed {
  readonly acceptedPacks: number
  readonly isDestroyed: boolean
}

async function acceptedOf(
  tx: Tx,
  orderId: string,
  decision: Decision,
  asked: readonly Asked[],
): Promise<{ lines: Accepted[]; packs: Map<number, number> }> {
  const dispensed = await findDispensed(tx, [orderId])
  const facts = await findPacks(tx, [...new Set(asked.map(one => one.packId))])
  const packs = new Map<number, number>()
  const lines = decision.lines.map(({ medicineId, batchId, packs: count, fate }) => {
    const of = dispensed.find(one => one.packId === medicineId && one.batchId === batchId)
    const wanted = asked.find(one => one.line === of?.line)
    const sum = (packs.get(of?.line ?? 0) ?? 0) + count
    if (!of || !wanted || sum > wanted.packs) throw exceeds()
    packs.set(of.line, sum)
    const isDestroyed = fate === 'destroyed' || mustBeDestroyed(facts.get(medicineId))
    return { ...of, acceptedPacks: count, isDestroyed }
  })
  return { lines, packs }
}

function exceeds(): Refusal {
  return new Refusal(
    'return_exceeds_sale',
    'More would be accepted than was asked back of that batch. Count what lies before you again.',
  )
}

async function credit(
  tx: Tx,
  caller: Caller,
  order: LockedOrder,
  { id, refundWay, reference }: Decision,
  accepted: readonly Accepted[],
): Promise<IssuedCreditNote & { creditPaise: number }> {
  const note = await issueCreditNote(tx, caller, {
    orderId: order.id,
    reason: 'returned',
    lines: accepted.map(one => ({ dispensingId: one.id, packs: one.acceptedPacks })),
  })
  const { moneyPaise, creditPaise } = await splitBack(tx, order, note.totalPaise)
  const { id: orderId, personId } = order
  const key = `return:${id}`
  if (creditPaise > 0) {
    await returnCredit(tx, caller, { personId, orderId, amountPaise: creditPaise, key })
  }
  if (moneyPaise > 0)
    await payBack(tx, caller, order, { key, amountPaise: moneyPaise, refundWay, reference, note })
  return { ...note, creditPaise }
}

/** Money goes back the way the desk and the customer agreed on; what was paid online only to its source or as credit. */
async function payBack(
  tx: Tx,
  caller: Caller,
  { id: orderId, personId, paymentMethod }: LockedOrder,
  back: {
    refundWay: Decision['refundWay']
    reference: string | undefined
    key: string
    amountPaise: number
    note: { number: string }
  },
): Promise<void> {
  const { key, amountPaise, refundWay, reference, note } = back
  if (refundWay === 'credit') {
    const cause = `${key}:money`
    await keepAsCredit(tx, caller, { personId, orderId, amountPaise, key: cause })
  } else if (paymentMethod === 'prepaid' || refundWay === 'source') {
    await requestRefund(tx, caller, { orderId, amountPaise, reason: 'returned', key })
  } else if (refundWay === 'cash') {
    await moveInDrawer(tx, caller, { kind: 'refund', amountPaise, note: note.number })
  } else if (reference === undefined) {
    throw new Refusal('reason_needed', 'Write the number the bank gave the transfer.')
  }
}

/** As many units of each batch as were credited. The shelf's rows are hot, so they come last. */
async function takeBack(
  tx: Tx,
  caller: Caller,
  order: LockedOrder,
  accepted: readonly Accepted[],
  units: ReadonlyMap<string, number>,
): Promise<void> {
  const inOrder = accepted.toSorted((one, other) => (one.batchId < other.batchId ? -1 : 1))
  for (const { batchId, isDestroyed, id } of inOrder) {
    const back = units.get(id) ?? 0
    await takeBackUnits(tx, caller, { orderId: order.id, batchId, units: back })
    if (isDestroyed) {
      const note = 'Came back from a customer'
      await disposeUnits(tx, caller, { batchId, units: back, kind: 'destroyed', causeId: id, note })
    }
  }
}

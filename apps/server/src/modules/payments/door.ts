import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { divideDown } from '#kernel/money'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import type { Reader } from './intent-row.ts'

export interface DoorDue {
  readonly orderId: string
  readonly amountPaise: number
  readonly state: 'expected' | 'cash' | 'upi' | 'refused'
  readonly bankReference: string | null
}

/** Under which terms somebody may pay at the door now. */
export interface CashTerms {
  readonly capPaise: number
  /** Orders sent back at the door lately, and how many of them we bear. */
  readonly refusals: number
  readonly refusalsMax: number
}

export interface CashQuestion {
  readonly totalPaise: number
  readonly hasColdChain: boolean
}

const refusalsWithin = '6 months'
const rupees = (paise: number) =>
  `₹${divideDown(paise, 100)}.${String(paise % 100).padStart(2, '0')}`

/**
 * Refuses cash at the door for what costs most when it comes back: above the cap (`cash_limit_exceeded`), kept cold,
 * or for somebody who refused orders at the door before (`cash_not_offered`).
 */
export function assertCashOffered(terms: CashTerms, asked: CashQuestion): void {
  const { capPaise } = terms
  if (asked.totalPaise > capPaise) {
    throw new Refusal(
      'cash_limit_exceeded',
      `Cash on delivery is for orders up to ${rupees(capPaise)}, and this one comes to ${rupees(asked.totalPaise)}. Pay online, or take something out.`,
      { values: { cashLimitPaise: capPaise, totalPaise: asked.totalPaise } },
    )
  }
  if (asked.hasColdChain) {
    throw new Refusal(
      'cash_not_offered',
      'Medicines kept cold cannot come back to the shelf, so they are paid in advance. Pay online.',
    )
  }
  if (terms.refusals > terms.refusalsMax) {
    throw new Refusal(
      'cash_not_offered',
      'Some of your last orders were sent back at the door. Pay this one online, please.',
    )
  }
}

/** The terms of cash for this person, today. */
export async function findCashTerms(db: Reader, personId: string): Promise<CashTerms> {
  const { rows } = await sql<CashTerms>`
    select cash_cap_paise as "capPaise", cash_refusals_max as "refusalsMax", (
        select count(*)::integer from payments.door_due
        where person_id = ${personId} and state = 'refused'
          and decided_at > kernel.now() - ${refusalsWithin}::interval) as refusals
    from payments.setting`.execute(db)
  const [terms] = rows
  assert(terms, 'a migration put the settings there')
  return terms
}

/**
 * The order goes out and is to be paid at the door; called when it is handed to the rider. The same order again is the
 * same; another amount is refused (`conflict`).
 */
export async function expectAtDoor(
  tx: Tx,
  _caller: Caller,
  due: { orderId: string; personId: string; amountPaise: number },
): Promise<void> {
  await sql`
    insert into payments.door_due (order_id, person_id, amount_paise)
    values (${due.orderId}, ${due.personId}, ${due.amountPaise}) on conflict do nothing`.execute(tx)
  const now = await lockDue(tx, due.orderId)
  if (now?.amountPaise === due.amountPaise) return
  throw new Refusal(
    'conflict',
    'Another amount is expected for this order already. Look at it again.',
  )
}

/**
 * The receiver took the order: `cashPaise` in the rider's hand, or nothing because a UPI payment was verified before
 * (`recordDoorUpi`). Another amount than the one due is refused (`conflict`).
 */
export async function collectAtDoor(
  tx: Tx,
  caller: Caller,
  collected: { orderId: string; cashPaise: number },
): Promise<void> {
  const due = await lockDue(tx, collected.orderId)
  if (!due) throw noDue()
  const owed = due.state === 'upi' ? 0 : due.amountPaise
  if (collected.cashPaise !== owed || due.state === 'refused') {
    throw new Refusal(
      'conflict',
      `${rupees(owed)} is due in cash for this order, not ${rupees(collected.cashPaise)}. Count again.`,
      { values: { duePaise: owed } },
    )
  }
  if (due.state === 'expected') await decide(tx, caller, due.orderId, 'cash')
}

/** Sent back at the door: nothing is due, and it counts against the next order in cash. */
export async function refuseAtDoor(tx: Tx, caller: Caller, orderId: string): Promise<void> {
  const due = await lockDue(tx, orderId)
  if (due?.state === 'expected') await decide(tx, caller, orderId, 'refused')
}

/** What is due at the door and what came of it, by order. */
export async function findDoorDues(
  db: Reader,
  orderIds: readonly string[],
): Promise<Map<string, DoorDue>> {
  const { rows } = await sql<DoorDue>`
    select order_id as "orderId", amount_paise as "amountPaise", state, bank_reference as "bankReference"
    from payments.door_due where order_id = any(${orderIds}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.orderId, row]))
}

export async function lockDue(tx: Tx, orderId: string): Promise<DoorDue | undefined> {
  const { rows } = await sql<DoorDue>`
    select order_id as "orderId", amount_paise as "amountPaise", state, bank_reference as "bankReference"
    from payments.door_due where order_id = ${orderId} for update`.execute(tx)
  return rows[0]
}

async function decide(tx: Tx, caller: Caller, orderId: string, state: 'cash' | 'refused') {
  await sql`
    update payments.door_due
    set state = ${state}, decided_at = kernel.now(), decided_by = ${caller.personId}::uuid
    where order_id = ${orderId}`.execute(tx)
}

export const noDue = (): Refusal =>
  new Refusal('not_found', 'Nothing is due at the door for this order. Look at how it was paid.')

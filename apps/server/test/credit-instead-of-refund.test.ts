import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { api } from '@janta/contracts'
import { sql } from 'kysely'
import {
  acceptance,
  askBack,
  bringBack,
  type CreditBed,
  creditBed,
  customer,
  deliver,
  pay,
  sent,
} from './credit-for-tests.ts'
import type { PayBed } from './payments-for-tests.ts'
import type { Browser } from './web-for-tests.ts'

// One rupee goes back one way: to the bank it came from, or into store credit.

let all: CreditBed
let bed: PayBed
let desk: Browser
before(async () => {
  all = await creditBed()
  ;({ bed, desk } = all)
})
after(() => bed.close())

test('a customer may take credit instead of a refund, and the bank then owes her so much less', async () => {
  const one = await customer(bed)
  const order = await one.order('prepaid')
  await pay(all, one, order.id)
  const { batchId } = await deliver(desk, order.id)
  const { refundPaise } = await bringBack(desk, one, { id: order.id, batchId, refundWay: 'credit' })
  assert.equal((await one.credit()).balancePaise, refundPaise)
  const { refundablePaise } = await sent<{ refundablePaise: number }>(desk, api.getDeskPayment, {
    params: { id: order.id },
  })
  assert.equal(refundablePaise, order.totalPaise - refundPaise)
  const tooMuch = await desk.send(api.refundOrder, {
    params: { id: order.id },
    idempotencyKey: randomUUID(),
    body: { amountPaise: refundablePaise + 1, reason: 'goodwill' },
  })
  assert.equal(tooMuch.json().code, 'refund_exceeds_payment')
})

test('what the bank gave back already cannot become credit too', async () => {
  const one = await customer(bed)
  const order = await one.order('prepaid')
  await pay(all, one, order.id)
  const { batchId } = await deliver(desk, order.id)
  await sent(desk, api.refundOrder, {
    params: { id: order.id },
    idempotencyKey: randomUUID(),
    body: { amountPaise: order.totalPaise - 100, reason: 'goodwill' },
  })
  const request = acceptance(one, await askBack(one, order.id), batchId, 'credit')
  const decided = await desk.send(api.decideReturn, request)
  assert.equal(decided.json().code, 'refund_exceeds_payment', decided.body)
  assert.equal((await one.credit()).balancePaise, 0)
})

test('money given back at the bank itself beyond what is left after credit calls a person', async () => {
  const one = await customer(bed)
  const order = await one.order('prepaid')
  await pay(all, one, order.id)
  const { batchId } = await deliver(desk, order.id)
  await bringBack(desk, one, { id: order.id, batchId, refundWay: 'credit' })
  const held = sql<{ id: string; hold: string | null }>`
    select payment.id, payment.held_reason as hold from payments.payment
    join payments.intent on intent.paid_by = payment.id where intent.order_id = ${order.id}`
  const paid = (await held.execute(bed.database.db)).rows[0]!
  const { id } = bed.gateway.bank.refund(paid.id, { amount: order.totalPaise }, undefined)
  bed.gateway.bank.decideRefund(id)
  await bed.deliverAll()
  await bed.work()
  assert.equal((await held.execute(bed.database.db)).rows[0]!.hold, 'refund_differs')
})

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { ageingKinds } from '@janta/contracts'
import { inTransaction } from '#kernel/transaction'
import { type PayBed, payBed } from '#test/payments-for-tests'
import { personCaller } from '#test/shelf-for-tests'
import { beginPayment } from './begin-payment.ts'
import { collectAtDoor, expectAtDoor } from './door.ts'
import { findAgeing } from './find-ageing.ts'
import type { Gateway } from './gateway.ts'
import { handInCash } from './hand-in-cash.ts'
import { openDrawer } from './open-drawer.ts'
import { openRazorpay } from './razorpay.ts'
import { reconcileIntent } from './reconcile-intent.ts'
import { refundOrder } from './refund-order.ts'

let bed: PayBed
let gateway: Gateway
before(async () => {
  bed = await payBed()
  gateway = openRazorpay(bed.surroundings.config.gateway!)
})
after(() => bed.close())

const asha = personCaller()
type Kind = (typeof ageingKinds)[number]

/** Which kinds an order waits under, and that the sums above the list agree with the list. */
async function agesOf(orderId: string): Promise<Kind[]> {
  const { buckets, items } = await findAgeing(bed.database.db, { kind: null, limit: 100 })
  for (const { kind, totalPaise, dayCount, weekCount, olderCount } of buckets) {
    const alike = items.filter(one => one.kind === kind)
    assert.equal(dayCount + weekCount + olderCount, alike.length, kind)
    assert.equal(
      totalPaise,
      alike.reduce((sum, one) => sum + one.amountPaise, 0),
      kind,
    )
  }
  return items.filter(one => one.orderId === orderId).map(one => one.kind)
}

const at = async (offset: string, orderId: string) => {
  await bed.web.own.moveClock(offset)
  return agesOf(orderId)
}

async function begun(amountPaise: number) {
  const order = await bed.unpaid({ amountPaise })
  const { database } = bed
  const { gatewayOrderId } = await beginPayment(database, gateway, order.caller, order.orderId)
  return { ...order, gatewayOrderId }
}

test('cash at the door is late after a day undecided, and with the rider until the drawer has it', async () => {
  const orderId = randomUUID()
  const { database } = bed
  await inTransaction(database, asha, tx =>
    expectAtDoor(tx, asha, { orderId, personId: randomUUID(), amountPaise: 45_000 }),
  )
  assert.deepEqual(await agesOf(orderId), [])
  assert.deepEqual(await at('25 hours', orderId), ['door_undecided'])
  await inTransaction(database, asha, tx => collectAtDoor(tx, asha, { orderId, cashPaise: 45_000 }))
  assert.deepEqual(await agesOf(orderId), ['cash_with_rider'])
  await openDrawer(database, asha, randomUUID(), { floatPaise: 100_000 })
  await handInCash(database, asha, randomUUID(), { orderIds: [orderId], countedPaise: 45_000 })
  assert.deepEqual(await agesOf(orderId), [])
  await bed.web.own.moveClock('0')
})

test('a payment begun and never ended, a refund nobody agreed to, and one the bank is late with are seen to wait', async () => {
  const waiting = await begun(20_000)
  assert.deepEqual(await agesOf(waiting.orderId), [])
  assert.deepEqual(await at('61 minutes', waiting.orderId), ['payment_waiting'])
  await bed.web.own.moveClock('0')
  const [large, small] = [await begun(900_000), await begun(30_000)]
  for (const { gatewayOrderId, intentId } of [large, small]) {
    bed.gateway.bank.act(gatewayOrderId, 'approve')
    await reconcileIntent(bed.database, gateway, intentId)
  }
  for (const { orderId, amountPaise } of [large, small]) {
    const reason = 'returned' as const
    await refundOrder(bed.database, asha, randomUUID(), { orderId, amountPaise, reason })
  }
  assert.deepEqual(await agesOf(large.orderId), ['refund_proposed'])
  assert.deepEqual(await agesOf(small.orderId), [])
  const late = await at('20 days', small.orderId)
  assert.ok(late.includes('refund_late'), late.join())
  await bed.web.own.moveClock('0')
})

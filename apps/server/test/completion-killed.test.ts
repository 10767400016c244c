import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { api, type Order } from '@janta/contracts'
import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import type { Event } from '#kernel/events'
import { loadPinCodes, loadSampleDelivery } from '#modules/delivery'
import { ordering } from '#modules/ordering'
import { findReservations } from '#modules/stock'
import { placeAfterPayment } from '../src/modules/ordering/place-after-payment.ts'
import { beginPayment } from '../src/modules/payments/begin-payment.ts'
import { confirmPayment } from '../src/modules/payments/confirm-payment.ts'
import type { Gateway } from '../src/modules/payments/gateway.ts'
import { findIntentOfOrder } from '../src/modules/payments/intent-row.ts'
import { openRazorpay } from '../src/modules/payments/razorpay.ts'
import { reconcileIntent } from '../src/modules/payments/reconcile-intent.ts'
import { Cut, cutAfter } from './cut-after-for-tests.ts'
import { putInCart, sampleAddress } from './orders-for-tests.ts'
import { dyingAfter, Killed, type PayBed, payBed } from './payments-for-tests.ts'
import { addLots, addPack, personCaller } from './shelf-for-tests.ts'
import { Browser } from './web-for-tests.ts'

// From the customer's way to the bank to the placed order, killed after every step of it: after a restart the money and
// the order agree without a hand.

let bed: PayBed
let gateway: Gateway
before(async () => {
  bed = await payBed()
  gateway = openRazorpay(bed.surroundings.config.gateway!)
  await loadPinCodes(bed.database)
  await loadSampleDelivery(bed.database)
})
after(() => bed.close())

interface World {
  readonly database: Database
  readonly gateway: Gateway
}
let mobiles = 9000000300
const stepsMax = 20

/** An order of two packs that waits for its money. */
async function orderToPay() {
  const packId = await addPack(bed.database)
  await addLots(bed.database, [{ packId, packs: 2, mrpPaise: 10_000 }])
  const browser = await new Browser(bed.web.app).signIn(String(mobiles++))
  const cart = await putInCart(browser, packId, 2)
  const answer = await browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: { address: sampleAddress, paymentMethod: 'prepaid', cartVersion: cart.version },
  })
  assert.equal(answer.statusCode, 201, answer.body)
  const { id, totalPaise }: Order = answer.json()
  const caller = personCaller((await browser.send(api.getMe)).json().person.id)
  return { id, totalPaise, browser, caller }
}
type ToPay = Awaited<ReturnType<typeof orderToPay>>

async function intentOf({ id, caller }: ToPay) {
  return (await findIntentOfOrder(bed.database.db, id, caller.personId!))!
}

const payment = (gatewayOrderId: string) =>
  bed.gateway.ledger.payments.find(one => one.order_id === gatewayOrderId)

/** She goes to the bank, pays, comes back, and the order hears of it. */
async function complete(order: ToPay, world: World): Promise<void> {
  const { database } = world
  const { gatewayOrderId } = await beginPayment(database, world.gateway, order.caller, order.id)
  const { bank } = bed.gateway
  const paid = payment(gatewayOrderId) ?? bank.act(gatewayOrderId, 'approve').payment
  const intent = await intentOf(order)
  const signature = bank.signatureOf(paid)
  await confirmPayment(database, world.gateway, intent, { paymentId: paid.id, signature })
  await hear(order.id, database)
}

/** What the jobs of a captured payment do to the order. */
async function hear(orderId: string, database: Database): Promise<void> {
  const { rows } = await sql<Event>`
    select id, name, payload from kernel.event
    where name = 'payments.captured' and payload ->> 'orderId' = ${orderId} order by id`.execute(
    bed.database.db,
  )
  for (const one of ordering(bed.surroundings).subscribers ?? []) {
    for (const event of rows) if (one.event === event.name) await one.run(database, event)
  }
}

/** What happens without a hand: jobs and reconciler run; who had not paid yet goes to the bank again. */
async function restart(order: ToPay): Promise<void> {
  await bed.work()
  const intent = await intentOf(order)
  const isPaid = intent.gatewayOrderId && payment(intent.gatewayOrderId)
  if (isPaid) await reconcileIntent(bed.database, gateway, intent.id)
  else await complete(order, { database: bed.database, gateway })
  await bed.work()
  // A job whose process died is done again from its start, also where it had ended.
  await hear(order.id, bed.database)
  await hear(order.id, bed.database)
}

async function assertAgreement(order: ToPay, at: number): Promise<void> {
  const { id, totalPaise, browser } = order
  const found: Order = (await browser.send(api.getOrder, { params: { id } })).json()
  const { gatewayOrderId } = await intentOf(order)
  const captured = bed.gateway.ledger.payments
    .filter(one => one.order_id === gatewayOrderId)
    .map(one => [one.captured, one.amount, one.amount_refunded])
  assert.deepEqual(captured, [[true, totalPaise, 0]], `killed after step ${at}`)
  assert.deepEqual(
    [found.state, found.payment?.paidPaise, found.payment?.refunds],
    ['placed', totalPaise, []],
  )
  assert.equal(found.timeline.filter(one => one.state === 'placed').length, 1)
  const held = await findReservations(bed.database.db, [id])
  assert.deepEqual(
    held.map(one => one.packs),
    [2],
  )
  const { rows } = await sql<{ told: number }>`
    select count(*)::integer as told from kernel.event
    where name = 'ordering.order_placed' and payload ->> 'orderId' = ${id}`.execute(bed.database.db)
  assert.equal(rows[0]?.told, 1)
}

test('killed after any step between going to pay and the placed order: one order, one capture, after the restart', async () => {
  let deaths = 0
  for (let at = 1; at <= stepsMax; at++) {
    const order = await orderToPay()
    const dying = dyingAfter(bed.database, at)
    const world = { database: dying.database, gateway: dying.watch(gateway) }
    await complete(order, world).catch(error => assert.ok(error instanceof Killed, String(error)))
    if (!dying.hasDied()) break
    deaths++
    await restart(order)
    await assertAgreement(order, at)
  }
  assert.ok(deaths >= 4 && deaths < stepsMax, `${deaths} deaths were tried`)
})

test('cut off between the capture and any statement of placing, the order still waits, paid, and is placed once', async () => {
  const order = await orderToPay()
  const { browser, id, caller } = order
  const { gatewayOrderId } = await beginPayment(bed.database, gateway, caller, id)
  bed.gateway.bank.act(gatewayOrderId, 'approve')
  const intent = await intentOf(order)
  await reconcileIntent(bed.database, gateway, intent.id)
  let cuts = 0
  for (let statement = 1; statement <= 100; statement++) {
    const end = await placeAfterPayment(cutAfter(bed.database, statement), id).then(
      () => 'whole' as const,
      (error: unknown) => {
        assert.ok(error instanceof Cut, String(error))
        return 'cut' as const
      },
    )
    if (end === 'whole') break
    cuts++
    const { state }: Order = (await browser.send(api.getOrder, { params: { id } })).json()
    assert.equal(state, 'awaiting_payment', `after statement ${statement}`)
  }
  assert.ok(cuts >= 5, `only ${cuts} statements were tried`)
  await assertAgreement(order, 0)
})

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { api, type CounterOrder, type Order } from '@janta/contracts'
import { sql } from 'kysely'
import {
  bringBack,
  type CreditBed,
  creditBed,
  customer,
  deliver,
  give,
  pay,
  sent,
  withCredit,
} from './credit-for-tests.ts'
import { putInCart, sampleAddress } from './orders-for-tests.ts'
import type { PayBed } from './payments-for-tests.ts'
import type { Browser } from './web-for-tests.ts'

// Store credit is money owed to a customer: it pays like money, comes back like money, and its ledger forgets nothing.

let all: CreditBed
let bed: PayBed
let desk: Browser
before(async () => {
  all = await creditBed()
  ;({ bed, desk } = all)
})
after(() => bed.close())

const refundsOf = (order: Order) =>
  (order.payment?.refunds ?? []).reduce((sum, refund) => sum + refund.amountPaise, 0)

test('goodwill has its reason and its giver, is given once, and stays below the second look', async () => {
  const one = await customer(bed)
  const { id } = await one.order('cash_on_delivery')
  const key = randomUUID()
  assert.equal((await give(desk, id, 5_000, key)).statusCode, 201)
  assert.equal((await give(desk, id, 5_000, key)).statusCode, 201)
  const { balancePaise, entries } = await one.credit()
  assert.equal(balancePaise, 5_000)
  assert.deepEqual(
    entries.map(({ kind, amountPaise, note }) => ({ kind, amountPaise, note })),
    [{ kind: 'goodwill', amountPaise: 5_000, note: 'The box was wet' }],
  )
  const { secondLookFromPaise } = await sent<{ secondLookFromPaise: number }>(
    desk,
    api.getPaymentSettings,
  )
  assert.equal((await give(desk, id, secondLookFromPaise - 5_000)).json().code, 'credit_over_limit')
  const { rows } = await sql<{ actor: string | null }>`
    select actor_id as actor from payments.credit_entry where order_id = ${id}`.execute(
    bed.database.db,
  )
  assert.notEqual(rows[0]?.actor, null)
})

test('credit that covers it all places the order at once, and a cancelled order gives it back', async () => {
  const one = await withCredit(all, 90_000)
  const order = await one.order('cash_on_delivery', { creditPaise: 90_000 })
  assert.equal(order.state, 'placed')
  assert.equal(order.paymentMethod, 'prepaid')
  assert.equal(order.creditPaise, order.totalPaise)
  assert.equal((await one.credit()).balancePaise, 90_000 - order.totalPaise)
  const cancel = { params: { id: order.id }, body: { reason: 'ordered_by_mistake' as const } }
  await sent(one.browser, api.cancelOrder, cancel)
  assert.equal((await one.credit()).balancePaise, 90_000)
  assert.equal((await one.browser.send(api.cancelOrder, cancel)).json().code, 'order_state_forbids')
  assert.equal((await one.credit()).balancePaise, 90_000)
})

test('the bank is asked for the rest only, and everything goes back to where it came from', async () => {
  const one = await withCredit(all, 20_050)
  const order = await one.order('prepaid', { creditPaise: 20_050 })
  assert.equal(order.creditPaise, 20_050)
  assert.equal(await pay(all, one, order.id), order.totalPaise - 20_050)
  const { batchId, totalPaise } = await deliver(desk, order.id)
  const first = await bringBack(desk, one, { id: order.id, batchId, refundWay: 'source' })
  const second = await bringBack(desk, one, { id: order.id, batchId, refundWay: 'source' })
  const now = await one.look(order.id)
  const back = first.refundPaise + second.refundPaise
  assert.equal(back, totalPaise - now.deliveryFeePaise)
  // Money first, as far as money was paid; then the credit.
  assert.equal(refundsOf(now), Math.min(back, totalPaise - 20_050))
  assert.equal((await one.credit()).balancePaise, back - refundsOf(now))
})

test('at the door only the rest is due, in whole rupees, and refused there it all comes back', async () => {
  const one = await withCredit(all, 10_050)
  const kept = await one.order('cash_on_delivery', { creditPaise: 10_050 })
  assert.equal(kept.creditPaise, 10_000)
  await deliver(desk, kept.id)
  const { rows } = await sql<{ due: number }>`
    select amount_paise as due from payments.door_due where order_id = ${kept.id}`.execute(
    bed.database.db,
  )
  assert.equal(rows[0]?.due, kept.totalPaise - 10_000)
  const other = await withCredit(all, 10_000)
  const order = await other.order('cash_on_delivery', { creditPaise: 10_000 })
  const { picks } = await sent<CounterOrder>(desk, api.getCounterOrder, {
    params: { id: order.id },
  })
  const body = {
    picks: picks.map(({ medicineId, batchId, packs }) => ({ medicineId, batchId, packs })),
  }
  await sent(desk, api.packOrder, { params: { id: order.id }, body })
  await sent(desk, api.handOverOrder, { params: { id: order.id }, body: { rider: 'R. Sample' } })
  const refused = { params: { id: order.id }, body: { reason: 'Nobody at home' } }
  await sent(desk, api.returnOrder, refused)
  assert.equal((await other.credit()).balancePaise, 10_000)
})

test('of ten orders at once that want the same credit, together they spend no more than there is', async () => {
  const one = await withCredit(all, 20_000)
  const { version: cartVersion } = await putInCart(one.browser, one.packId, 1)
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      one.browser.send(api.placeOrder, {
        idempotencyKey: randomUUID(),
        body: {
          address: sampleAddress,
          paymentMethod: 'prepaid',
          cartVersion,
          creditPaise: 20_000,
        },
      }),
    ),
  )
  const spent = answers.filter(answer => answer.statusCode === 201)
  assert.equal(new Set(spent.map(answer => answer.json().id)).size, 1)
  const { balancePaise } = await one.credit()
  assert.equal(balancePaise, 20_000 - spent[0]!.json<Order>().creditPaise)
  const again = await putInCart(one.browser, one.packId, 2)
  const late = await one.browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: {
      address: sampleAddress,
      paymentMethod: 'prepaid',
      cartVersion: again.version,
      creditPaise: 20_000,
    },
  })
  assert.equal(late.json().code, 'credit_changed', late.body)
})

test('the ledger adds up to every balance, and the application can rewrite neither', async () => {
  const { rows } = await sql<{ wrong: number; people: number }>`
    select count(*) filter (where balance_paise <> (
        select coalesce(sum(amount_paise), 0) from payments.credit_entry
        where credit_entry.person_id = credit.person_id))::integer as wrong,
      count(*)::integer as people
    from payments.credit`.execute(bed.database.db)
  assert.ok(rows[0]!.people > 3)
  assert.equal(rows[0]!.wrong, 0)
  for (const attempt of [
    sql`update payments.credit set balance_paise = 100000`,
    sql`delete from payments.credit_entry`,
    sql`insert into payments.credit_entry (person_id, order_id, kind, amount_paise, key, request_id)
      select person_id, person_id, 'refunded', 1, 'forged', 'x' from payments.credit limit 1`,
  ]) {
    await assert.rejects(attempt.execute(bed.database.db), /permission denied/)
  }
})

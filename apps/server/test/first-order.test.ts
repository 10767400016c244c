import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Cart, CounterOrder, MedicineCard, Order, Pick } from '@janta/contracts'
import {
  findOpenMedicine,
  orderOf,
  placeSampleOrder,
  putInCart,
  sampleAddress,
} from './orders-for-tests.ts'
import { api, Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

let web: TestWeb
let pharmacist: Browser
before(async () => {
  web = await testWeb({ sample: true })
  pharmacist = await new Browser(web.app).signIn(mobileOf.pharmacist)
})
after(() => web.close())

let numbers = 9000000200
const newCustomer = () => new Browser(web.app).signIn(String(numbers++))

const picksOf = (order: CounterOrder) =>
  order.picks.map(({ medicineId, batchId, packs }: Pick) => ({ medicineId, batchId, packs }))

const counterOrder = async (id: string): Promise<CounterOrder> =>
  (await pharmacist.send(api.getCounterOrder, { params: { id } })).json()

test('a guest finds a medicine, signs in, orders, and the pharmacy packs and delivers it', async () => {
  const browser = new Browser(web.app)
  const medicine = await findOpenMedicine(browser)
  await putInCart(browser, medicine.id, 2)
  await browser.signIn('9000000150')
  const cart: Cart = (await browser.send(api.getCart)).json()
  assert.equal(cart.lines[0]?.quantity, 2, 'the guest cart did not survive sign-in')
  const placed = await browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: orderOf(cart),
  })
  assert.equal(placed.statusCode, 201, placed.body)
  const order: Order = placed.json()
  assert.equal(order.state, 'placed')
  assert.ok(order.lines[0]!.batches.length > 0, 'no batch is reserved')

  const atCounter = await counterOrder(order.id)
  const packed = await pharmacist.send(api.packOrder, {
    params: { id: order.id },
    body: { picks: picksOf(atCounter) },
  })
  assert.equal(packed.statusCode, 201, packed.body)
  await pharmacist.send(api.handOverOrder, {
    params: { id: order.id },
    body: { rider: 'Rider Sample' },
  })
  const delivered = await pharmacist.send(api.deliverOrder, {
    params: { id: order.id },
    // In cash the invoice is rounded to the rupee, which only packing makes known.
    body: { receivedBy: 'Sunita Sample', collectedPaise: packed.json().totalPaise },
  })
  assert.equal(delivered.statusCode, 201, delivered.body)

  const seen: Order = (await browser.send(api.getOrder, { params: { id: order.id } })).json()
  assert.deepEqual(
    seen.timeline.map(step => step.state),
    ['placed', 'packed', 'out_for_delivery', 'delivered'],
  )
  assert.match(seen.timeline[1]!.by ?? '', /^Pharmacist /)
})

test('the same checkout sent five times at once is one order', async () => {
  const browser = await newCustomer()
  const cart = await putInCart(browser, (await findOpenMedicine(browser)).id, 1)
  const request = { idempotencyKey: randomUUID(), body: orderOf(cart) }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => browser.send(api.placeOrder, request)),
  )
  assert.deepEqual(new Set(answers.map(one => one.statusCode)), new Set([201]))
  assert.equal(new Set(answers.map(one => one.json().id)).size, 1)
  const { items } = (await browser.send(api.listMyOrders)).json()
  assert.equal(items.length, 1)
})

test('one key with another form is refused, and two keys for one cart are one order', async () => {
  const browser = await newCustomer()
  const cart = await putInCart(browser, (await findOpenMedicine(browser)).id, 1)
  const key = randomUUID()
  const first = await browser.send(api.placeOrder, { idempotencyKey: key, body: orderOf(cart) })
  assert.equal(first.statusCode, 201, first.body)
  const changed = { ...orderOf(cart), address: { ...sampleAddress, line1: 'Elsewhere' } }
  const second = await browser.send(api.placeOrder, { idempotencyKey: key, body: changed })
  assert.equal(second.json().code, 'idempotency_key_reused')
  const third = await browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: orderOf(cart),
  })
  assert.equal(third.json().code, 'cart_empty')
})

test('a bad PIN code, an empty cart and a missing key are each told plainly and lose nothing', async () => {
  const browser = await newCustomer()
  const empty = await browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: { address: sampleAddress, paymentMethod: 'cash_on_delivery', cartVersion: 'none' },
  })
  assert.equal(empty.json().code, 'cart_empty')
  const cart = await putInCart(browser, (await findOpenMedicine(browser)).id, 1)
  for (const [pin, code] of [
    ['0123', 'pin_code_invalid'],
    ['900001', 'pin_code_not_served'],
  ] as const) {
    const answer = await browser.send(api.placeOrder, {
      idempotencyKey: randomUUID(),
      body: { ...orderOf(cart), address: { ...sampleAddress, pin } },
    })
    assert.equal(answer.json().code, code)
  }
  const keyless = await browser.send(api.placeOrder, { body: orderOf(cart) })
  assert.equal(keyless.json().code, 'idempotency_key_missing')
  const after: Cart = (await browser.send(api.getCart)).json()
  assert.equal(after.lines.length, 1)
  assert.equal(after.version, cart.version)
})

test('a prescription medicine is not ordered without a prescription, and the reason is said', async () => {
  const browser = await newCustomer()
  const { items } = (
    await browser.send(api.searchMedicines, { query: { limit: 50, category: 'heart_bp' } })
  ).json()
  const medicine = (items as MedicineCard[]).find(one => one.decision === 'prescription')
  assert.ok(medicine, 'the sample has no prescription medicine for the heart')
  const cart = await putInCart(browser, medicine.id, 1)
  assert.equal(cart.lines[0]!.obstacle, null)
  const answer = await browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: orderOf(cart),
  })
  assert.equal(answer.json().code, 'prescription_needed')
})

const looksMax = 60

/** A product page is kept for a second, so it is looked at until it is made anew. */
async function shows(available: () => Promise<number>, packs: number): Promise<void> {
  let shown = await available()
  for (let looks = 1; shown !== packs && looks < looksMax; looks++) {
    await new Promise(resolve => setTimeout(resolve, 50))
    shown = await available()
  }
  assert.equal(shown, packs)
}

test('a cancelled order frees its stock at once, and cannot be packed', async () => {
  const browser = await newCustomer()
  const before = await findOpenMedicine(browser)
  const order = await placeSampleOrder(browser)
  const available = async (): Promise<number> =>
    (await browser.send(api.getMedicine, { params: { id: order.lines[0]!.medicineId } })).json()
      .availablePacks
  // The page of before the order may still be kept.
  await new Promise(resolve => setTimeout(resolve, 1_100))
  const during = await available()
  const cancelled = await browser.send(api.cancelOrder, {
    params: { id: order.id },
    body: { reason: 'ordered_by_mistake' },
  })
  assert.equal(cancelled.statusCode, 201, cancelled.body)
  await shows(available, during + 2)
  assert.ok(before.availablePacks >= during)
  const again = await browser.send(api.cancelOrder, {
    params: { id: order.id },
    body: { reason: 'other' },
  })
  assert.equal(again.json().code, 'order_state_forbids')
  const packing = await pharmacist.send(api.packOrder, {
    params: { id: order.id },
    body: { picks: [{ medicineId: order.lines[0]!.medicineId, batchId: randomUUID(), packs: 2 }] },
  })
  assert.equal(packing.json().code, 'order_state_forbids')
})

test('goods received can be ordered at once, and the same bill twice is noticed', async () => {
  const keeper = await new Browser(web.app).signIn(mobileOf.stock_keeper)
  const medicine = await findOpenMedicine(keeper)
  const bill = {
    supplierName: 'Sample Distributors',
    billNumber: 'SD/1',
    lines: [
      {
        medicineId: medicine.id,
        batchNumber: 'NEW1',
        expiry: '2031-05',
        mrpPaise: medicine.mrpPaise,
        packs: 30,
      },
    ],
  }
  const received = await keeper.send(api.receiveStock, { idempotencyKey: randomUUID(), body: bill })
  assert.equal(received.statusCode, 201, received.body)
  await shows(
    async () =>
      (await keeper.send(api.getMedicine, { params: { id: medicine.id } })).json().availablePacks,
    medicine.availablePacks + 30,
  )
  const twice = await keeper.send(api.receiveStock, { idempotencyKey: randomUUID(), body: bill })
  assert.equal(twice.json().code, 'receipt_repeated')
  const old = { ...bill, billNumber: 'SD/2', lines: [{ ...bill.lines[0], expiry: '2020-01' }] }
  const expired = await keeper.send(api.receiveStock, { idempotencyKey: randomUUID(), body: old })
  assert.equal(expired.json().code, 'batch_expired')
})

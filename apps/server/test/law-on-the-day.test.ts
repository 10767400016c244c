import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { CounterOrder, MedicineCard, MedicineDetail } from '@janta/contracts'
import { sql } from 'kysely'
import { orderOf, putInCart } from './orders-for-tests.ts'
import { api, Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

// What was ordered lawfully and is not lawful any more when it would leave: the law of the day of the supply binds.

let web: TestWeb
let pharmacist: Browser
let customer: Browser
let today: string
before(async () => {
  web = await testWeb({ sample: true })
  pharmacist = await new Browser(web.app).signIn(mobileOf.pharmacist)
  customer = await new Browser(web.app).signIn(mobileOf.customer)
  const { rows } = await sql<{ day: string }>`select kernel.today() as day`.execute(
    web.own.database.db,
  )
  today = rows[0]!.day
})
after(() => web.close())

interface Ordered {
  readonly id: string
  readonly medicineId: string
  readonly substanceId: number
}

/** An order of an open medicine whose one salt no order of this file has had before. */
const used = new Set<string>()
async function orderOpenMedicine(): Promise<Ordered> {
  const { items } = (await customer.send(api.searchMedicines, { query: { limit: 50 } })).json()
  for (const card of items as MedicineCard[]) {
    if (card.decision !== 'open' || card.availablePacks < 5) continue
    const page: MedicineDetail = (
      await customer.send(api.getMedicine, { params: { id: card.id } })
    ).json()
    const [salt, ...others] = page.salts
    if (!salt || others.length > 0 || used.has(salt.name)) continue
    used.add(salt.name)
    const cart = await putInCart(customer, card.id, 1)
    const answer = await customer.send(api.placeOrder, {
      idempotencyKey: randomUUID(),
      body: orderOf(cart),
    })
    assert.equal(answer.statusCode, 201, answer.body)
    const found = await pharmacist.send(api.findSubstances, {
      query: { q: salt.name.toLowerCase() },
    })
    const substanceId: number = found.json().items[0].id
    return { id: answer.json().id, medicineId: card.id, substanceId }
  }
  throw new Error('the sample has no open medicine of one salt left')
}

const seen = async (id: string): Promise<CounterOrder> =>
  (await pharmacist.send(api.getCounterOrder, { params: { id } })).json()
async function pack(id: string) {
  const { picks } = await seen(id)
  return pharmacist.send(api.packOrder, {
    params: { id },
    body: {
      picks: picks.map(({ medicineId, batchId, packs }) => ({ medicineId, batchId, packs })),
    },
  })
}
const handOver = (id: string) =>
  pharmacist.send(api.handOverOrder, { params: { id }, body: { rider: 'Rider Sample' } })
const cancel = (id: string) =>
  pharmacist.send(api.cancelOrderByStaff, { params: { id }, body: { reason: 'other' } })

async function ban({ substanceId }: Ordered): Promise<void> {
  const answer = await pharmacist.send(api.recordBan, {
    body: {
      title: 'Banned in this test',
      components: [{ substanceId }],
      isExact: false,
      from: today,
      sourceCitation: 'Test Gazette S.O. 2(E)',
    },
  })
  assert.equal(answer.statusCode, 201, answer.body)
}

test('what was banned after it was ordered is not packed; the order is cancelled', async () => {
  const order = await orderOpenMedicine()
  await ban(order)
  const refused = await pack(order.id)
  assert.deepEqual([refused.statusCode, refused.json().code], [409, 'sale_forbidden_now'])
  assert.equal((await seen(order.id)).state, 'placed')
  assert.equal((await cancel(order.id)).statusCode, 201)
})

test('what was banned after it was packed does not leave the store, and goes back on the books', async () => {
  const order = await orderOpenMedicine()
  assert.equal((await pack(order.id)).statusCode, 201)
  await ban(order)
  const refused = await handOver(order.id)
  assert.deepEqual([refused.statusCode, refused.json().code], [409, 'sale_forbidden_now'])
  assert.equal((await cancel(order.id)).statusCode, 201)
  assert.equal((await seen(order.id)).state, 'cancelled')
})

test('what came to need a prescription after it was ordered is not packed without one', async () => {
  const order = await orderOpenMedicine()
  const { substanceId } = order
  const answer = await pharmacist.send(api.classifySubstance, {
    body: {
      substanceId,
      from: today,
      sourceCitation: 'Test Gazette G.S.R. 3(E)',
      add: [{ scheme: 'H', appliesTo: 'all' }],
      end: [],
    },
  })
  assert.equal(answer.statusCode, 201, answer.body)
  const refused = await pack(order.id)
  assert.equal(refused.json().code, 'sale_forbidden_now', refused.body)
  assert.match(refused.json().detail, /came to need a prescription since it was ordered/)
})

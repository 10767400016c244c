import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { MedicineCard, MedicineDetail, SitemapPage } from '@janta/contracts'
import { sql } from 'kysely'
import { findOpenMedicine, orderOf, putInCart } from './orders-for-tests.ts'
import { api, Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

let web: TestWeb
let pharmacist: Browser
let owner: Browser
before(async () => {
  web = await testWeb({ sample: true })
  pharmacist = await new Browser(web.app).signIn(mobileOf.pharmacist)
  owner = await new Browser(web.app).signIn(mobileOf.administrator)
})
after(() => web.close())

const pageOf = async (id: string): Promise<MedicineDetail> =>
  (await new Browser(web.app).send(api.getMedicine, { params: { id } })).json()
const today = async () => {
  const { rows } = await sql<{ day: string }>`select kernel.today() as day`.execute(
    web.own.database.db,
  )
  return rows[0]!.day
}

test('the pharmacist finds a substance, sees the impact, records it, and it is on the trail', async () => {
  const found = (await pharmacist.send(api.findSubstances, { query: { q: 'cetiri' } })).json().items
  const substanceId: number = found[0].id
  const body = {
    substanceId,
    from: await today(),
    sourceCitation: 'Test Gazette 2 of today',
    add: [{ scheme: 'H1', appliesTo: 'not_external' }],
    end: [],
  }
  const preview = await pharmacist.send(api.previewClassification, { body })
  assert.equal(preview.statusCode, 200, preview.body)
  assert.match(preview.json().sentence, /^This (makes|changes)/)
  const recorded = await pharmacist.send(api.classifySubstance, { body })
  assert.equal(recorded.statusCode, 201, recorded.body)
  assert.deepEqual(recorded.json().impact, preview.json())
  const page = (await pharmacist.send(api.getSubstance, { params: { substanceId } })).json()
  assert.equal(page.rules[0].scheme, 'H1')
  assert.match(page.rules[0].recordedBy, /^Pharmacist/)
  const { rows } = await sql`
    select from audit.entry where action = 'catalogue.substance_classified' and object_id = ${recorded.json().id}`.execute(
    web.own.database.db,
  )
  assert.equal(rows.length, 1)
})

test('the kill switch reaches the next page and the matrix, and needs a reason', async () => {
  const body = { switch: 'rx_delivery_enabled', isOn: false, reason: 'Court order' }
  const bare = await owner.send(api.setSaleSwitch, { body: { ...body, reason: '' } })
  assert.equal(bare.statusCode, 400)
  const { items } = (
    await owner.send(api.searchMedicines, { query: { category: 'heart_bp', limit: 50 } })
  ).json()
  const medicine = (items as MedicineCard[]).find(one => one.decision === 'prescription')
  assert.ok(medicine)
  const switched = await owner.send(api.setSaleSwitch, { body })
  assert.equal(switched.statusCode, 201, switched.body)
  await pageSays(medicine.id, 'store_only')
  const into = { params: { medicineId: medicine.id }, body: { quantity: 1 } }
  const cart = (await owner.send(api.putCartLine, into)).json()
  assert.equal(cart.lines[0].medicine.decision, 'store_only', 'a cart was judged by a kept page')
  await owner.send(api.setSaleSwitch, { body: { ...body, isOn: true } })
  await pageSays(medicine.id, 'prescription')
})

const pageTriesMax = 100

/** A product page is kept for a second, so it is looked at until it is made anew. */
async function pageSays(id: string, decision: string): Promise<void> {
  for (let tries = 0; (await pageOf(id)).decision !== decision; tries++) {
    assert.ok(tries < pageTriesMax, `the page never said ${decision}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

test('a ceiling entered while something is in the cart lowers what is paid, and the customer is told', async () => {
  const browser = await new Browser(web.app).signIn('9000000350')
  const medicine = await findOpenMedicine(browser)
  const cart = await putInCart(browser, medicine.id, 1)
  const entered = await owner.send(api.recordPriceControl, {
    body: {
      medicineId: medicine.id,
      ceilingPaise: 10,
      from: await today(),
      sourceCitation: 'Test notification of today',
    },
  })
  assert.equal(entered.statusCode, 201, entered.body)
  const stale = await browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: orderOf(cart),
  })
  assert.equal(stale.json().code, 'price_changed')
  const fresh = (await browser.send(api.getCart)).json()
  const placed = await browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: orderOf(fresh),
  })
  assert.equal(placed.statusCode, 201, placed.body)
  const history = (
    await owner.send(api.getPrices, { params: { id: medicine.id }, query: {} })
  ).json()
  assert.equal(placed.json().lines[0].pricePaise, history.pricePaise)
  assert.ok(history.pricePaise <= history.capPaise)
})

test('a ceiling notified between the order and its packing binds what is charged', async () => {
  const browser = await new Browser(web.app).signIn('9000000351')
  const { items } = (
    await browser.send(api.searchMedicines, { query: { limit: 50, category: 'stomach' } })
  ).json()
  const medicine = (items as MedicineCard[]).find(
    one => one.decision === 'open' && one.availablePacks > 5 && one.composition !== '',
  )
  assert.ok(medicine)
  const cart = await putInCart(browser, medicine.id, 1)
  const order = (
    await browser.send(api.placeOrder, { idempotencyKey: randomUUID(), body: orderOf(cart) })
  ).json()
  assert.equal(order.lines[0].pricePaise, medicine.pricePaise)
  const entered = await owner.send(api.recordPriceControl, {
    body: {
      medicineId: medicine.id,
      ceilingPaise: 1,
      from: await today(),
      sourceCitation: 'Test notification of today',
    },
  })
  assert.equal(entered.statusCode, 201, entered.body)
  const { picks } = (
    await pharmacist.send(api.getCounterOrder, { params: { id: order.id } })
  ).json()
  const packed = await pharmacist.send(api.packOrder, {
    params: { id: order.id },
    body: {
      picks: (picks as { medicineId: string; batchId: string; packs: number }[]).map(
        ({ medicineId, batchId, packs }) => ({ medicineId, batchId, packs }),
      ),
    },
  })
  assert.equal(packed.statusCode, 201, packed.body)
  const { capPaise } = (
    await owner.send(api.getPrices, { params: { id: medicine.id }, query: {} })
  ).json()
  assert.equal(packed.json().lines[0].pricePaise, capPaise)
  assert.ok(capPaise < order.lines[0].pricePaise)
})

test('the sitemap lists what may be shown with its one address, and nothing blocked or unknown', async () => {
  const listed: SitemapPage['items'] = []
  let after: string | null = null
  do {
    const answer = await new Browser(web.app).send(api.listSitemap, {
      query: after === null ? {} : { after },
    })
    assert.equal(answer.statusCode, 200)
    assert.match(String(answer.headers['cache-control']), /public/)
    const page: SitemapPage = answer.json()
    listed.push(...page.items)
    after = page.next
  } while (after !== null)
  assert.ok(listed.length > 100, `only ${listed.length} were listed`)
  const { rows } = await sql<{ packs: number }>`
    select count(*)::integer as packs from catalogue.pack`.execute(web.own.database.db)
  assert.ok(listed.length < rows[0]!.packs, 'even what is blocked is listed')
  const [first] = listed
  const page = await pageOf(first!.path.split('/')[2]!)
  assert.equal(page.facts.path, first!.path)
  assert.equal(page.facts.mayBeListed, true)
})

test('lists nobody asked for name no Schedule H, H1 or X medicine', async () => {
  const { items } = (
    await new Browser(web.app).send(api.searchMedicines, { query: { limit: 50 } })
  ).json()
  assert.ok(items.length > 10)
  for (const card of items as MedicineCard[]) {
    const { schedules, decision } = await pageOf(card.id)
    assert.equal(decision, 'open', card.name)
    assert.ok(!schedules.some(one => ['H', 'H1', 'X'].includes(one)), card.name)
  }
})

test('a picture is sent with forms of its own and an unknown picture is not found', async () => {
  const medicine = await findOpenMedicine(owner)
  const asked = await owner.send(api.requestPhotoUpload, {
    params: { id: medicine.id },
    body: { description: 'Front of the pack' },
  })
  assert.equal(asked.statusCode, 201, asked.body)
  assert.deepEqual(
    asked.json().forms.map((form: { contentType: string }) => form.contentType),
    ['image/jpeg', 'image/png', 'image/webp'],
  )
  const state = await owner.send(api.checkPhoto, { params: { id: asked.json().id } })
  assert.equal(state.json().state, 'awaiting')
  for (const file of ['160.webp', '161.webp', '..%2f160.webp']) {
    const url = `/medicines/pictures/${file === '160.webp' ? 'x' : randomUUID()}/${file}`
    assert.equal((await web.app.inject({ url })).statusCode, 404, url)
  }
})

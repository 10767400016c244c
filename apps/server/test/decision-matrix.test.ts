import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { DecisionMatrix, MedicineDetail, SitemapPage } from '@janta/contracts'
import { sql } from 'kysely'
import { deliveryObstacleOf, findPacks, mayWaitInCart, type PackFacts } from '#modules/catalogue'
import { findOpenMedicine, orderOf, putInCart } from './orders-for-tests.ts'
import { api, Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

// The table of domain section 1.4 cell by cell: shown, priced, in a cart, with a prescription, to the door, at the store.
const cells = {
  none: ['yes', 'yes', 'yes', 'no', 'all_served_pins', 'yes'],
  G: ['yes', 'yes', 'yes', 'no', 'all_served_pins', 'yes'],
  C: ['yes', 'yes', 'yes', 'no', 'cold_chain_pins', 'yes'],
  H: ['yes', 'yes', 'held_for_review', 'yes', 'district_of_store', 'yes'],
  H1: ['yes', 'yes', 'reserve_only', 'yes', 'never', 'original_prescription_sighted'],
  X: ['no', 'no', 'no', 'yes', 'never', 'no'],
  NDPS: ['no', 'no', 'no', 'yes', 'never', 'no'],
  MTP: ['no', 'no', 'no', 'yes', 'never', 'no'],
  banned: ['no', 'no', 'no', 'no', 'never', 'no'],
  unknown: ['no', 'no', 'no', 'no', 'never', 'no'],
} as const
type Class = keyof typeof cells

/** Of which list each class's sample drug is; a class is asked of a real pack, not of a row of the table. */
const schemesOf: Partial<Record<Class, string[]>> = {
  none: ['none'],
  G: ['G'],
  C: ['none', 'C'],
  H: ['H'],
  H1: ['H1'],
  X: ['X'],
  NDPS: ['NDPS_NARCOTIC'],
  MTP: ['MTP'],
  banned: ['none'],
}

let web: TestWeb
let owner: Browser
const packIds = new Map<Class, string>()
before(async () => {
  web = await testWeb({ sample: true })
  owner = await new Browser(web.app).signIn(mobileOf.administrator)
  for (const one of Object.keys(cells) as Class[]) packIds.set(one, await addPackOf(one))
})
after(() => web.close())

/** A pack whose one salt stands in just these lists, and on the shelf of the catalogue with a price. */
async function addPackOf(one: Class): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with salt as (
      insert into catalogue.substance (name, display_name) values (${`testsalt ${one.toLowerCase()}`}, ${`Testsalt ${one}`})
      returning id
    ), drug as (
      insert into catalogue.clinical_drug (equivalence_key, form, release, route, composition)
      values (${`testsalt ${one.toLowerCase()}|tablet|immediate|oral`}, 'tablet', 'immediate', 'oral', ${`Testsalt ${one} 5 mg`})
      returning id
    ), holds as (
      insert into catalogue.clinical_drug_salt (clinical_drug_id, position, substance_id, strength, strength_key)
      select drug.id, 1, salt.id, '5 mg', '5000000ng' from drug, salt
    ), ruled as (
      insert into catalogue.schedule_rule (substance_id, scheme, applies_to, effective_from, source_citation, recorded_by)
      select salt.id, scheme, 'all', '2020-01-01', 'This test', 'this test'
      from salt, unnest(${schemesOf[one] ?? []}::text[]) as scheme
    ), ban as (
      insert into catalogue.banned_formulation (title, effective_from, source_citation, recorded_by)
      select 'This test', '2020-01-01', 'This test', 'this test' where ${one} = 'banned' returning id
    ), banned as (
      insert into catalogue.banned_component (banned_formulation_id, substance_id) select ban.id, salt.id from ban, salt
    ), medicine as (
      insert into catalogue.medicine (name, name_key, kind, form, clinical_drug_id, composition, composition_state, hsn,
        storage_class, source, is_sample)
      select ${`Testmedicine ${one}`}, ${`testmedicine ${one.toLowerCase()}`}, 'drug', 'tablet', drug.id,
        ${`Testsalt ${one} 5 mg`}, 'stated', '3004', ${one === 'C' ? 'cold' : 'room'}, 'this test', true
      from drug returning id
    )
    insert into catalogue.pack (id, medicine_id, label, base_unit, units_per_pack, pack_key, mrp_paise, price_paise)
    select ${randomUUID()}::uuid, medicine.id, 'strip of 10 tablets', 'tablet', 10, '10 tablet', 10000, 9000
    from medicine returning id`.execute(web.own.database.db)
  const id = rows[0]!.id
  await sql`
    insert into catalogue.price (pack_id, from_day, number, price_paise, mrp_paise, source)
    values (${id}, kernel.today(), 1, 9000, 10000, 'this test')`.execute(web.own.database.db)
  return id
}

const idOf = (one: Class) => packIds.get(one)!
const factsOf = async (one: Class): Promise<PackFacts> => {
  const found = await findPacks(web.own.database.db, [idOf(one)])
  return found.get(idOf(one))!
}
const pageOf = async (one: Class): Promise<MedicineDetail> =>
  (await new Browser(web.app).send(api.getMedicine, { params: { id: idOf(one) } })).json()
const yes = (cell: string) => cell === 'yes'

describe('each cell of the online decision matrix decides', () => {
  for (const [name, row] of Object.entries(cells)) {
    const one = name as Class
    const [shows, price, cart, rx, delivery, pickup] = row

    test(`${one}: what the catalogue knows of a pack is the row of the table`, async () => {
      const { saleClass, terms } = await factsOf(one)
      assert.equal(saleClass, one)
      assert.deepEqual(terms, {
        showsInCatalogue: yes(shows),
        showsPrice: yes(price),
        cart,
        needsPrescription: yes(rx),
        delivery,
        pickup,
      })
    })

    test(`${one}: its page shows a price, and search engines learn of it, only as the table says`, async () => {
      const page = await pageOf(one)
      assert.equal(page.pricePaise !== null, yes(price))
      assert.equal(page.mrpPaise !== null, yes(price))
      assert.equal(page.facts.mayBeListed, yes(shows))
      assert.ok(page.saleSentence.length > 20, 'the page says nothing')
    })

    test(`${one}: a cart takes it only as the table says`, async () => {
      const into = { params: { medicineId: idOf(one) }, body: { quantity: 1 } }
      const answer = await new Browser(web.app).send(api.putCartLine, into)
      // What is only reserved waits there, too: the order is then one that is collected.
      const isTaken = cart !== 'no'
      assert.equal(answer.statusCode < 300, isTaken, answer.body)
      if (!isTaken) assert.equal(answer.json().code, 'medicine_not_sold_online')
    })
  }

  test('the sitemap names what is shown and nothing else', async () => {
    const listed: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const query: Record<string, unknown> = after ? { after } : {}
      const page: SitemapPage = (await new Browser(web.app).send(api.listSitemap, { query })).json()
      listed.push(...page.items.map(item => item.path))
      after = page.next
    }
    for (const [name, [shows]] of Object.entries(cells)) {
      const isListed = listed.some(path => path.includes(idOf(name as Class)))
      assert.equal(isListed, yes(shows), name)
    }
  })

  test('what may be found by its name says that it is not sold, and shows no price', async () => {
    for (const [name, [, price]] of Object.entries(cells)) {
      const { items } = (
        await new Browser(web.app).send(api.searchMedicines, {
          query: { q: `Testmedicine ${name}`, limit: 20 },
        })
      ).json()
      const card = (items as MedicineDetail[]).find(item => item.id === idOf(name as Class))
      if (card) assert.equal(card.pricePaise !== null, yes(price), name)
    }
  })
})

describe('the way to the door', () => {
  const doors = [
    { name: 'in the district, with a cold box', isStoreDistrict: true, isColdChain: true },
    { name: 'in the district, without a cold box', isStoreDistrict: true, isColdChain: false },
    { name: 'elsewhere, with a cold box', isStoreDistrict: false, isColdChain: true },
    { name: 'elsewhere, without a cold box', isStoreDistrict: false, isColdChain: false },
  ]
  const reaches: Record<Class, [boolean, boolean, boolean, boolean]> = {
    none: [true, true, true, true],
    G: [true, true, true, true],
    // The sample pack of this class is kept at 2 to 8 degrees.
    C: [true, false, true, false],
    H: [true, true, false, false],
    H1: [false, false, false, false],
    X: [false, false, false, false],
    NDPS: [false, false, false, false],
    MTP: [false, false, false, false],
    banned: [false, false, false, false],
    unknown: [false, false, false, false],
  }
  for (const [name, expected] of Object.entries(reaches)) {
    for (const [at, door] of doors.entries()) {
      test(`${name}: ${expected[at] ? 'goes' : 'does not go'} to a door ${door.name}`, async () => {
        const { terms, storageClass } = await factsOf(name as Class)
        assert.equal(deliveryObstacleOf(terms, { ...door, storageClass }) === null, expected[at])
      })
    }
  }

  test('a cold medicine is not ordered to where no cold box reaches, and is paid in advance where one does', async () => {
    const browser = await new Browser(web.app).signIn('9000000377')
    const medicine = await findOpenMedicine(browser)
    await sql`
      update catalogue.medicine set storage_class = 'cold'
      where id = (select medicine_id from catalogue.pack where id = ${medicine.id})`.execute(
      web.own.database.db,
    )
    const cart = await putInCart(browser, medicine.id, 1)
    const order = orderOf(cart)
    const far = { ...order, address: { ...order.address, pin: '462001', city: 'Bhopal' } }
    const refused = await browser.send(api.placeOrder, { idempotencyKey: randomUUID(), body: far })
    assert.equal(refused.json().code, 'medicine_not_delivered_here', refused.body)
    const inCash = await browser.send(api.placeOrder, { idempotencyKey: randomUUID(), body: order })
    assert.equal(inCash.json().code, 'cash_not_offered', inCash.body)
  })
})

describe('the switches', () => {
  const throwSwitch = (name: string, isOn: boolean) =>
    owner.send(api.setSaleSwitch, { body: { switch: name, isOn, reason: 'This test' } })
  const matrixRow = async (one: Class) => {
    const page: DecisionMatrix = (await owner.send(api.getDecisionMatrix)).json()
    return page.classes.find(row => row.class === one)!
  }

  test('the kill switch keeps every prescription medicine in the store, and H1 needs its own switch, too', async () => {
    const ways = async () => [
      (await factsOf('H')).terms.delivery,
      (await factsOf('H1')).terms.delivery,
      mayWaitInCart((await factsOf('H')).terms),
      mayWaitInCart((await factsOf('H1')).terms),
    ]
    assert.deepEqual(await ways(), ['district_of_store', 'never', true, true])
    await throwSwitch('h1_delivery', true)
    assert.deepEqual(await ways(), ['district_of_store', 'district_of_store', true, true])
    await throwSwitch('rx_delivery_enabled', false)
    // Both may still be collected at the store.
    assert.deepEqual(await ways(), ['never', 'never', true, true])
    assert.equal((await matrixRow('H')).decision, 'store_only')
    await throwSwitch('rx_delivery_enabled', true)
    await throwSwitch('h1_delivery', false)
    assert.deepEqual(await ways(), ['district_of_store', 'never', true, true])
  })

  test('no switch opens X, narcotics, MTP, banned or unknown medicines', async () => {
    for (const one of ['X', 'NDPS', 'MTP', 'banned', 'unknown'] as const) {
      assert.deepEqual((await matrixRow(one)).switches, [], one)
    }
  })
})

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import type { FoundMedicine, Serviceability } from '@janta/contracts'
import { addLots, addPack, setPrice } from './shelf-for-tests.ts'
import { api, Browser, type TestWeb, testWeb } from './web-for-tests.ts'
import type { SearchReply, SuggestReply } from '../src/modules/search/answer-search.ts'

let web: TestWeb
let browser: Browser
before(async () => {
  web = await testWeb({ sample: true })
  browser = new Browser(web.app)
  await until('the index is read', async () => (await find({ q: 'paracetamol' })).facets !== null)
})
after(() => web.close())

async function find(query: Record<string, unknown>, from = browser): Promise<SearchReply> {
  const answer = await from.send(api.searchMedicines, { query })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

const triesMax = 100

/** Asks again until it is so; the promise of two seconds is measured in bench/search-live.ts. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    assert.ok(tries < triesMax, `never came true: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

const one = (reply: SearchReply, id: string): FoundMedicine | undefined =>
  reply.items.find(item => item.id === id)

describe('searching', () => {
  test('answers each pack as its own page does', async () => {
    const { items } = await find({ q: 'paravali', limit: 50 })
    assert.ok(items.length > 2)
    for (const { savingPaise, isGuess, differs, delivers, ...card } of items) {
      const page = (await browser.send(api.getMedicine, { params: { id: card.id } })).json()
      const same = Object.fromEntries(Object.keys(card).map(key => [key, page[key]]))
      assert.deepEqual(card, same)
      assert.deepEqual([isGuess, differs, delivers], [false, [], null])
      if (card.pricePaise !== null && card.mrpPaise !== null)
        assert.equal(savingPaise, card.mrpPaise - card.pricePaise)
    }
  })

  test('announces a guess and never gives it silently', async () => {
    const reply = await find({ q: 'parawaly 650' })
    assert.match(reply.items[0]?.name ?? '', /^Paravali 650/)
    assert.match(reply.showingResultsFor ?? '', /^paravali/)
    assert.ok(reply.items.every(item => item.isGuess))
    assert.equal((await find({ q: 'paravali 650' })).showingResultsFor, null)
  })

  test('offers to be told the name where nothing is found, and not where filters leave nothing', async () => {
    const nothing = await find({ q: 'qqzzxxqqzz' })
    assert.deepEqual(nothing.items, [])
    assert.deepEqual(nothing.offers, { tellUsTheName: true, uploadPrescription: true })
    const some = await find({ q: 'paravali' })
    assert.deepEqual(some.offers, { tellUsTheName: false, uploadPrescription: false })
  })

  test('counts every choice as choosing it does', async () => {
    const all = await find({ q: 'tablet', limit: 1 })
    assert.ok(all.facets && all.total > 20)
    let tried = 0
    for (const facet of ['form', 'manufacturer', 'prescription', 'price'] as const) {
      for (const { value, count } of all.facets[facet].slice(0, 6)) {
        assert.equal((await find({ q: 'tablet', limit: 1, [facet]: [value] })).total, count, value)
        tried++
      }
    }
    for (const { value, count } of all.facets.inStock) {
      const reply = await find({ q: 'tablet', limit: 1, inStock: value === 'yes' })
      assert.equal(reply.total, count, value)
      tried++
    }
    assert.ok(tried > 10)
  })

  test('shows a page after the other, nothing twice and nothing lost', async () => {
    for (const sort of ['relevance', 'popular', 'price_low', 'price_high']) {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const reply: SearchReply = await find({
          q: 'tablet',
          limit: 50,
          sort,
          ...(cursor && { cursor }),
        })
        seen.push(...reply.items.map(item => item.id))
        cursor = reply.next
        if (cursor === null) assert.equal(seen.length, reply.total)
      } while (cursor !== null)
      assert.equal(new Set(seen).size, seen.length, sort)
    }
  })

  test('without words lists what anybody may order, and a category whole', async () => {
    const home = await find({ limit: 50 })
    assert.equal(home.items.length, 50)
    assert.ok(home.items.every(item => item.decision === 'open' && item.pricePaise !== null))
    const heart = await find({ category: 'heart_bp' })
    assert.ok(heart.items.some(item => item.decision === 'prescription'))
  })

  test('says what comes to a PIN, and counts as at hand only that', async () => {
    const pin = '452001'
    const served: Serviceability = (
      await browser.send(api.getServiceability, { params: { pin } })
    ).json()
    const near = await find({ limit: 20, category: 'heart_bp', pin })
    const prescriptions = near.items.filter(item => item.decision === 'prescription')
    assert.ok(prescriptions.length > 0)
    assert.ok(prescriptions.every(item => item.delivers === served.isStoreDistrict))
    const far = await find({ limit: 20, pin: '110999' })
    assert.ok(far.items.length > 0 && far.items.every(item => item.delivers === false))
    assert.deepEqual(
      far.facets?.inStock.map(({ value }) => value),
      ['no'],
    )
  })

  test('completes the first letters to medicines and salts', async () => {
    const answer = await browser.send(api.suggestMedicines, { query: { q: 'parac' } })
    const { salts }: SuggestReply = answer.json()
    assert.ok(salts.some(salt => salt.name === 'paracetamol' && salt.packs > 3))
    const brand = await browser.send(api.suggestMedicines, { query: { q: 'parav' } })
    assert.match(brand.json().medicines[0].name, /^Paravali/)
  })
})

describe('bad input', () => {
  test('is answered or refused as malformed, never a fault', async () => {
    const texts = [
      '%',
      "'; drop table search.popularity; --",
      '(a+)+$',
      '\u0000\u0007',
      '💊',
      'क'.repeat(200),
      '\ud800',
      '',
      ' \t ',
      'dolo डोलो кроцин 阿莫西林',
      '[a-z]{1,99999}',
      '1 '.repeat(100),
    ]
    for (const q of texts)
      assert.equal((await browser.send(api.searchMedicines, { query: { q } })).statusCode, 200, q)
    const wrong: Record<string, unknown>[] = [
      { q: 'a'.repeat(10_000) },
      { q: 'a', form: Array.from({ length: 3_000 }, (_, i) => `f${i}`) },
      { q: 'a', price: ['0-1'] },
      { q: 'a', sort: 'name' },
      { q: 'a', limit: 51 },
      { q: 'a', pin: '12' },
      { q: 'a', cursor: 'x'.repeat(500) },
    ]
    for (const query of wrong) {
      const answer = await browser.send(api.searchMedicines, { query })
      assert.equal(answer.statusCode, 400, JSON.stringify(query).slice(0, 60))
      assert.equal(answer.json().code, 'malformed_request')
    }
    assert.equal(
      (await browser.send(api.searchMedicines, { query: { q: 'a', cursor: 'x' } })).statusCode,
      200,
    )
  })

  test('no query reaches the log', async () => {
    await find({ q: 'Secretrolax 77' })
    assert.ok(web.logged().includes('/api/v1/medicines'))
    assert.ok(!/secretrolax/i.test(web.logged()))
  })
})

describe('a public answer', () => {
  test('has a tag, and whoever knows the tag is told that nothing changed', async () => {
    const url = '/api/v1/medicines?q=paravali'
    const first = await web.app.inject({ url })
    assert.match(
      String(first.headers['cache-control']),
      /^public, max-age=\d+, stale-while-revalidate=\d+$/,
    )
    const tag = String(first.headers['etag'])
    const again = await web.app.inject({ url, headers: { 'if-none-match': `"x", ${tag}` } })
    assert.equal(again.statusCode, 304)
    assert.equal(again.body, '')
    assert.equal(again.headers['etag'], tag)
    const other = await web.app.inject({ url, headers: { 'if-none-match': '"x"' } })
    assert.equal(other.statusCode, 200)
    assert.equal(other.body, first.body)
  })
})

describe('the index follows', () => {
  test('a new medicine, its price and its stock, in every process, without a restart', async () => {
    const { database } = web.own
    const id = await addPack(database, { name: 'Zyntrovex 10', pricePaise: 9_000 })
    await until('found', async () => one(await find({ q: 'zyntrovex' }), id) !== undefined)
    assert.equal(one(await find({ q: 'zyntrovex' }), id)?.availablePacks, 0)
    await sql`update catalogue.pack set price_paise = 8000 where id = ${id}`.execute(database.db)
    await setPrice(database, id, 8_000, 10_000)
    await until(
      'the price',
      async () => one(await find({ q: 'zyntrovex' }), id)?.pricePaise === 8_000,
    )
    await addLots(database, [{ packId: id, packs: 4, expiry: '2098-07' }])
    await until(
      'the stock',
      async () => one(await find({ q: 'zyntrovex' }), id)?.availablePacks === 4,
    )
    assert.equal(one(await find({ q: 'zyntrovex' }), id)?.earliestExpiry, '2098-07')
    await sql`
      update catalogue.medicine set name = 'Quorbidex 10', name_key = 'quorbidex 10'
      where name = 'Zyntrovex 10'`.execute(database.db)
    await until('the name', async () => one(await find({ q: 'quorbidex' }), id) !== undefined)
    assert.equal(one(await find({ q: 'zyntrovex' }), id), undefined)
  })

  test('a transaction that began before a look and committed after it', async () => {
    const { database } = web.own
    const early = await database.pool.connect()
    try {
      await early.query('begin')
      await early.query('select pg_current_xact_id()')
      // Another change is written, committed and followed while the first transaction is still open.
      const later = await addPack(database, { name: 'Overtaken 5' })
      await until('the later', async () => one(await find({ q: 'overtaken' }), later) !== undefined)
      await early.query('update catalogue.pack set price_paise = 700 where id = $1', [later])
      await early.query('commit')
      await until(
        'the earlier',
        async () => one(await find({ q: 'overtaken' }), later)?.pricePaise === 700,
      )
    } finally {
      early.release()
    }
  })

  test('what is reclassified: its prescription mark changes', async () => {
    const { database } = web.own
    const { items } = await find({ q: 'paravali 650' })
    const id = items[0]!.id
    assert.equal(items[0]?.decision, 'open')
    await sql`
      insert into catalogue.schedule_rule (substance_id, scheme, effective_from, source_citation, recorded_by)
      select id, 'H', '2020-01-01', 'test', 'test' from catalogue.substance where name = 'paracetamol'`.execute(
      database.db,
    )
    await until(
      'marked',
      async () => one(await find({ q: 'paravali 650' }), id)?.decision === 'prescription',
    )
  })

  test('connections that break: it goes on from where it was', async () => {
    const { database } = web.own
    await web.own.moveClock('1 minute')
    const id = await addPack(database, { name: 'Unbrokenol 10' })
    await until('found', async () => one(await find({ q: 'unbrokenol' }), id) !== undefined)
  })
})

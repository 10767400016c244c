// What the online decision matrix hides is never offered, and is honestly refused to whoever names it: one rule, tried
// at every door it has.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FoundMedicine, SitemapPage } from '@janta/contracts'
import { medicineCategories } from '@janta/contracts'
import type { SearchReply, SuggestReply } from '../src/modules/search/answer-search.ts'
import { findMedicines, findPacks } from '../src/modules/catalogue/index.ts'
import { isOffered } from '../src/modules/catalogue/offering.ts'
import { sql } from 'kysely'
import { api, Browser, type TestWeb, testWeb } from './web-for-tests.ts'

let web: TestWeb
let browser: Browser
/** Packs of the sample the matrix hides: narcotics, MTP drugs, Schedule X, the unclassified. */
let hidden: Map<string, { name: string; medicineId: number }>

before(async () => {
  web = await testWeb({ sample: true })
  browser = new Browser(web.app)
  for (let tries = 0; (await find({ q: 'paracetamol' })).facets === null; tries++) {
    assert.ok(tries < 200, 'the index was never read')
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  const { rows } = await sql<{ id: string; medicineId: number }>`
    select id, medicine_id as "medicineId" from catalogue.pack where not is_discontinued
    order by id limit 2000`.execute(web.own.database.db)
  const ids = rows.map(row => row.id)
  const packs = await findPacks(web.own.database.reads, ids)
  hidden = new Map(
    rows.flatMap(({ id, medicineId }) => {
      const pack = packs.get(id)
      return pack && !isOffered(pack.terms) ? [[id, { name: pack.name, medicineId }]] : []
    }),
  )
  assert.ok(hidden.size >= 4, `only ${hidden.size} hidden packs in the sample`)
})
after(() => web.close())

async function find(query: Record<string, unknown>): Promise<SearchReply> {
  const answer = await browser.send(api.searchMedicines, { query })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

const brandOf = (name: string) => name.split(' ')[0] as string

test('its own name finds it, without price, stock or saving', async () => {
  let seen = 0
  for (const [id, { name }] of hidden) {
    const { items } = await find({ q: name, limit: 50 })
    const found = items.find((item: FoundMedicine) => item.id === id)
    assert.ok(found, name)
    assert.ok(['blocked', 'unclassified'].includes(found.decision))
    const { pricePaise, mrpPaise, savingPaise, unitPriceMilliPaise, availablePacks } = found
    assert.deepEqual(
      [pricePaise, mrpPaise, savingPaise, unitPriceMilliPaise, availablePacks],
      [null, null, null, null, 0],
    )
    assert.equal(found.isLowestPriceOfSalt, false)
    seen++
  }
  assert.equal(seen, hidden.size)
})

test('no list nobody asked for by name shows it, from memory or by SQL', async () => {
  const ports = { findAvailability: async () => new Map() }
  let shown = 0
  for (const category of [undefined, ...medicineCategories]) {
    let cursor: string | null = null
    do {
      const query = { limit: 50, ...(category && { category }), ...(cursor && { cursor }) }
      const reply: SearchReply = await find(query)
      for (const { id, name } of reply.items) assert.ok(!hidden.has(id), name)
      shown += reply.items.length
      cursor = reply.next
    } while (cursor !== null)
    const simple = await findMedicines(web.own.database.reads, { category, limit: 50 }, ports)
    for (const { id, name } of simple.items) assert.ok(!hidden.has(id), name)
  }
  assert.ok(shown > 100)
})

test('half typed it is completed for nobody; its whole name completes', async () => {
  let whole = 0
  for (const { name } of hidden.values()) {
    const brand = brandOf(name).toLowerCase()
    const half: SuggestReply = (
      await browser.send(api.suggestMedicines, { query: { q: brand.slice(0, -2) } })
    ).json()
    for (const { id, name: other } of half.medicines) assert.ok(!hidden.has(id), other)
    const all: SuggestReply = (
      await browser.send(api.suggestMedicines, { query: { q: brand } })
    ).json()
    if (all.medicines.some(({ id }) => hidden.has(id))) whole++
  }
  assert.ok(whole > 0)
})

test('its page says that it is not sold, and gives no price, picture, other brand or facts for a list', async () => {
  for (const id of hidden.keys()) {
    const page = (await browser.send(api.getMedicine, { params: { id } })).json()
    assert.deepEqual(
      [page.pricePaise, page.priceSplit, page.photos, page.equivalents, page.facts.mayBeListed],
      [null, null, [], [], false],
    )
    assert.match(page.saleSentence, /not allow|cannot sell/)
  }
})

test('no other brand beside a medicine is one of them', async () => {
  const { items } = await find({ q: 'tablet', limit: 50 })
  let others = 0
  for (const { id } of items) {
    const page = (await browser.send(api.getMedicine, { params: { id } })).json()
    for (const other of page.equivalents) assert.ok(!hidden.has(other.id), other.name)
    others += page.equivalents.length
  }
  assert.ok(others > 0)
})

test('no search engine is told of it', async () => {
  const paths: string[] = []
  let after: string | null = null
  do {
    const answer = await browser.send(api.listSitemap, { query: after ? { after } : {} })
    const page: SitemapPage = answer.json()
    paths.push(...page.items.map(item => item.path))
    after = page.next
  } while (after !== null)
  assert.ok(paths.length > 100)
  for (const path of paths) for (const id of hidden.keys()) assert.ok(!path.includes(id), path)
})

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { findMedicines } from './find-medicines.ts'
import { getMedicine, splitPrice } from './get-medicine.ts'
import { findCards, findPacks, loadSampleCatalogue, recordSeenMrp } from './index.ts'

const ports = {
  findAvailability: async (ids: readonly string[]) =>
    new Map(ids.map(id => [id, { availablePacks: 5, earliestExpiry: '2027-03' }])),
}

describe('the catalogue', () => {
  let shop: TestDatabase
  let ids: string[]
  before(async () => {
    shop = await testDatabase()
    ids = await loadSampleCatalogue(shop.database)
  })
  after(() => shop.close())

  const named = async (start: string) => {
    const packs = [...(await findPacks(shop.database.reads, ids)).values()]
    const pack = packs.find(one => one.name.startsWith(start))
    assert(pack, start)
    return pack
  }
  const find = (q: string) => findMedicines(shop.database.reads, { q, limit: 10 }, ports)

  test('finds a brand by the beginning of its name, with the strength', async () => {
    const { items } = await find('parav 650')
    assert(items.length > 0)
    assert(items.every(item => item.name.startsWith('Paravali 650')))
  })

  test('a whole name comes before longer ones that are ordered more', async () => {
    const names = [...new Set((await find('paravali')).items.map(item => item.name))]
    assert(names.length > 1)
    for (const name of names) assert.equal((await find(name)).items[0]?.name, name)
  })

  test('finds by salt and counts the salt’s packs', async () => {
    const { items, salts } = await find('paracetamol')
    assert(items.length > 0 && items.every(item => /Paracetamol/.test(item.composition)))
    assert.equal(salts[0]?.name, 'Paracetamol')
  })

  test('a misspelt name is not guessed at before the search in memory is there', async () => {
    assert.deepEqual((await find('paravalli')).items, [])
  })

  test('words that mean nothing find nothing, and quotes or operators are only words', async () => {
    for (const q of ['zzqqxxyy', "' or 1=1 --", 'a & | ! :*', '%', '\\']) {
      assert(Array.isArray((await find(q)).items), q)
    }
    assert.deepEqual((await find('zzqqxxyy')).items, [])
  })

  test('without words only what needs no prescription is listed', async () => {
    const { items } = await findMedicines(shop.database.reads, { limit: 20 }, ports)
    assert.equal(items.length, 20)
    assert(items.every(item => item.decision === 'open'))
  })

  test('a category lists its own', async () => {
    const query = { category: 'diabetes', limit: 50 } as const
    const { items } = await findMedicines(shop.database.reads, query, ports)
    assert(items.length > 10)
    assert(items.some(item => /Metformin/.test(item.composition)))
  })

  test('no price is shown of what is blocked or unclassified', async () => {
    const cards = await findCards(shop.database.reads, ids, ports)
    for (const card of cards.values()) {
      const isHidden = card.decision === 'blocked' || card.decision === 'unclassified'
      assert.equal(card.pricePaise === null, isHidden, card.name)
    }
  })

  test('one medicine’s page has its salts, tax and the same medicine of others, cheapest first', async () => {
    const pack = await named('Paravali 650')
    const page = await getMedicine(shop.database.reads, { id: pack.id, language: 'hi' }, ports)
    assert.deepEqual(page.salts, [{ name: 'Paracetamol', strength: '650 mg' }])
    assert.match(page.saleSentence, /बिना पर्चे/)
    assert.equal(page.equivalents.length, 2)
    const prices = page.equivalents.map(card => card.unitPriceMilliPaise ?? 0)
    assert.deepEqual(
      prices,
      [...prices].sort((one, other) => one - other),
    )
  })

  test('warfarin is never compared with another brand', async () => {
    const pack = await named('Warfa')
    const page = await getMedicine(shop.database.reads, { id: pack.id, language: 'en' }, ports)
    assert.deepEqual(page.equivalents, [])
  })

  test('an id that is no pack’s is not found', async () => {
    for (const id of [newId(), 'not-an-id']) {
      const asking = getMedicine(shop.database.reads, { id, language: 'en' }, ports)
      await assert.rejects(asking, error => error instanceof Refusal && error.code === 'not_found')
    }
  })

  test('the law of another day is the law of that day', async () => {
    const pack = await named('Prega')
    assert.equal(pack.decision, 'store_only')
    const before = await findPacks(shop.database.reads, [pack.id], '2026-05-12')
    assert.equal(before.get(pack.id)?.decision, 'unclassified')
  })

  test('goods with a lower MRP bring the price down to it, with a higher one leave it', async () => {
    const pack = await named('Paravali 500')
    const seen = (mrpPaise: number) =>
      inTransaction(shop.database, systemCaller('test'), tx => recordSeenMrp(tx, pack.id, mrpPaise))
    await seen(10_00)
    const lower = await named('Paravali 500')
    assert.deepEqual([lower.pricePaise, lower.mrpPaise], [10_00, 10_00])
    await seen(25_00)
    const higher = await named('Paravali 500')
    assert.deepEqual([higher.pricePaise, higher.mrpPaise], [10_00, 25_00])
  })

  test('two rules of one scheme may not overlap in time', async () => {
    const adding = sql`
      insert into catalogue.schedule_rule (substance_id, scheme, effective_from, source_citation, recorded_by)
      select substance_id, scheme, '2030-01-01', 'test', 'test' from catalogue.schedule_rule limit 1`.execute(
      shop.database.db,
    )
    await assert.rejects(adding, /exclusion constraint/)
  })

  test('the seed names each substance cleanly and classifies the common ones', async () => {
    const { rows } =
      await sql`select name from catalogue.substance where name <> btrim(name, E' \\n')`.execute(
        shop.database.db,
      )
    assert.deepEqual(rows, [])
  })

  test('a price history is never rewritten', async () => {
    await assert.rejects(sql`update catalogue.price set price_paise = 1`.execute(shop.database.db))
  })
})

describe('a price split into goods and tax', () => {
  const cases: [number, number, number, number][] = [
    [302_40, 500, 288_00, 14_40],
    [50_69, 500, 48_27, 2_42],
    [99_00, 1_800, 83_90, 15_10],
    [237_50, 0, 237_50, 0],
  ]
  for (const [price, rate, taxablePaise, taxPaise] of cases) {
    test(`${price} paise at ${rate} basis points`, () =>
      assert.deepEqual(splitPrice(price, rate), {
        taxablePaise,
        taxPaise,
        taxRateBasisPoints: rate,
      }))
  }
})

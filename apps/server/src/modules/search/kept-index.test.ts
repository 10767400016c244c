import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import { lookNow } from '#kernel/look'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { loadSampleCatalogue, recordSeenMrp } from '#modules/catalogue'
import { codeKey } from './code-key.ts'
import { findKeptIndex } from './find-kept-index.ts'
import { packIndex, unpackIndex } from './index-bytes.ts'
import { keepIndex } from './keep-index.ts'
import { LiveIndex } from './live-index.ts'
import { loadIndex } from './load-index.ts'
import { MedicineIndex } from './medicine-index.ts'
import { MedicineSearch } from './medicines.ts'
import { prepareIndex } from './prepare-index.ts'

let shop: TestDatabase
let index: MedicineIndex
before(async () => {
  shop = await testDatabase()
  await loadSampleCatalogue(shop.database)
  index = new MedicineIndex()
  await loadIndex(shop.database.reads, index, false)
})
after(() => shop.close())

const asked = ['dolo', 'parcetamol', 'पैरासिटामोल', 'crocin 650', 'para', 'syrup', '500 mg tablet']
const answers = (of: MedicineIndex) =>
  asked.map(text => new MedicineSearch(of).search(text, { withFacets: true, limit: 50 }))
const forget = async () => {
  await sql`delete from search.kept_index`.execute(shop.database.db)
  await sql`delete from search.kept_index_part`.execute(shop.database.db)
}
const keep = async () => {
  const look = await lookNow(shop.database.reads)
  const parts = await packIndex(index)
  await keepIndex(shop.database, { codeKey: codeKey(), look, packs: index.count }, parts)
}
type Told = Parameters<ConstructorParameters<typeof LiveIndex>[0]['report']>[0]

/** A process of its own: starts, is asked when it has read, and stops. */
async function start(work: (live: LiveIndex, told: Told[]) => Promise<void> | void): Promise<void> {
  const told: Told[] = []
  const live = new LiveIndex({
    database: shop.database,
    report: what => told.push(what),
    everyMs: 20,
    keptPacksLeast: 1,
  })
  live.start()
  try {
    await until(() => live.search !== undefined)
    await work(live, told)
  } finally {
    await live.stop()
  }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < 1_000; look++) {
    if (await isSo()) return
    await wait(10)
  }
  assert.fail('it never came to be so')
}

test('an index kept and restored answers every search as before, and takes changes as before', async () => {
  const restored = unpackIndex(await packIndex(index))
  assert(answers(index).some(answer => answer.total > 0))
  assert.deepEqual(answers(restored), answers(index))
  const found = new MedicineSearch(index).search('paracetamol').hits[0]
  assert(found)
  for (const one of [index, restored]) {
    one.setShelf(found.id, 7, '2031-05')
    one.setLearned(found.id, 500)
  }
  assert.deepEqual(answers(restored), answers(index))
  restored.remove(found.id)
  assert(restored.ids.find(found.id) < 0)
  assert(!new MedicineSearch(restored).search('paracetamol').hits.some(hit => hit.id === found.id))
})

test('bytes that are cut off, damaged or of another index are noticed', async () => {
  const parts = await packIndex(index)
  const [first] = parts
  assert(first)
  assert.throws(() => unpackIndex(parts.slice(0, -1)))
  assert.throws(() => unpackIndex([...parts, first]))
  assert.throws(() => unpackIndex([randomBytes(1_000)]))
  assert.throws(() => unpackIndex([]), /cut off/)
})

test('what is kept is found by the code that kept it, and by no other', async () => {
  await keep()
  const found = await findKeptIndex(shop.database.reads, codeKey())
  assert(found)
  assert.equal(found.index.count, index.count)
  assert.equal(await findKeptIndex(shop.database.reads, 'another release'), undefined)
})

test('an index kept by another cluster, or at a time this one has not lived, is left', async () => {
  await keep()
  for (const [cluster, seen, isFound] of [
    [sql`cluster`, sql`seen`, true],
    [sql`'another'`, sql`seen`, false],
    [sql`cluster`, sql`'900000000:900000000:'`, false],
  ] as const) {
    await copyKept('copied', { cluster, seen })
    const found = await findKeptIndex(shop.database.reads, 'copied')
    assert.equal(found !== undefined, isFound)
    await sql`delete from search.kept_index where code_key = 'copied'`.execute(shop.database.db)
    await sql`delete from search.kept_index_part where code_key = 'copied'`.execute(
      shop.database.db,
    )
  }
})

/** What was kept once more under another name, with its header changed. */
async function copyKept(
  name: string,
  { cluster, seen }: { cluster: RawBuilder<unknown>; seen: RawBuilder<unknown> },
): Promise<void> {
  await sql`
    insert into search.kept_index (code_key, cluster, seen, today, packs, parts, sha256)
    select ${name}, ${cluster}, ${seen}, today, packs, parts, sha256 from search.kept_index
    where code_key = ${codeKey()}`.execute(shop.database.db)
  await sql`
    insert into search.kept_index_part (code_key, part, bytes)
    select ${name}, part, bytes from search.kept_index_part where code_key = ${codeKey()}`.execute(
    shop.database.db,
  )
}

test('the first process reads the catalogue and keeps it; the next is restored and sees what changed since', async () => {
  await forget()
  await start(async (_live, told) => {
    assert.deepEqual(told.map(kindOf), ['read'])
    await until(async () => (await findKeptIndex(shop.database.reads, codeKey())) !== undefined)
  })
  const [changed] = new MedicineSearch(index).search('paracetamol').hits
  assert(changed)
  const mrpPaise = (index.cards.pricePaise[changed.ordinal] ?? 0) - 1
  await inTransaction(shop.database, systemCaller('test'), tx =>
    recordSeenMrp(tx, changed.id, mrpPaise),
  )
  await start((live, told) => {
    assert.deepEqual(told.map(kindOf), ['kept'])
    assert.equal(live.index.cards.mrpPaise[live.index.ids.find(changed.id)], mrpPaise)
    assert.equal(live.index.count, index.count)
  })
})

test('after an import the index is prepared, so that the first process to start is restored', async () => {
  await forget()
  const { database } = shop
  assert.deepEqual(await prepareIndex(database), { packs: 0, isRenewed: false })
  assert.equal(await findKeptIndex(database.reads, codeKey()), undefined)
  const packs = index.count
  assert.deepEqual(await prepareIndex(database, packs), { packs, isRenewed: true })
  assert.deepEqual(await prepareIndex(database, packs), { packs, isRenewed: false })
  await start((live, told) => {
    assert.deepEqual(told.map(kindOf), ['kept'])
    assert.equal(live.index.count, packs)
  })
  assert.deepEqual(await prepareIndex(database, packs + 1), { packs: 0, isRenewed: false })
})

test('preparing takes in what was written since, and replaces what is broken', async () => {
  await keep()
  const { hits } = new MedicineSearch(index).search('crocin')
  const id = (hits[0] ?? new MedicineSearch(index).search('para').hits[0])?.id
  assert(id)
  const before = await findKeptIndex(shop.database.reads, codeKey())
  assert(before)
  const cheaper = (before.index.cards.mrpPaise[before.index.ids.find(id)] ?? 0) - 1
  await inTransaction(shop.database, systemCaller('test'), tx => recordSeenMrp(tx, id, cheaper))
  assert.equal((await prepareIndex(shop.database, 1)).isRenewed, true)
  const renewed = await findKeptIndex(shop.database.reads, codeKey())
  assert(renewed)
  assert.equal(renewed.index.cards.mrpPaise[renewed.index.ids.find(id)], cheaper)
  await sql`delete from search.kept_index_part where part = 0`.execute(shop.database.db)
  assert.equal((await prepareIndex(shop.database, 1)).isRenewed, true)
  assert(await findKeptIndex(shop.database.reads, codeKey()))
})

test('a kept index that lost bytes is reported, and the catalogue is read instead', async () => {
  await keep()
  await sql`
    delete from search.kept_index_part
    where part = (select max(part) from search.kept_index_part)`.execute(shop.database.db)
  await start((live, told) => {
    assert.deepEqual(told.map(kindOf), ['fault', 'read'])
    assert.equal(live.index.count, index.count)
  })
})

test('an index kept on another day is brought to today before it answers', async () => {
  await forget()
  await keep()
  await shop.moveClock('1 day')
  await start((live, told) => {
    assert.deepEqual(told.map(kindOf), ['kept'])
    assert.equal(live.index.count, index.count)
  })
  await shop.moveClock('0 days')
})

const kindOf = (told: Told) => ('fault' in told ? 'fault' : told.isKept ? 'kept' : 'read')

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { lookNow } from '#kernel/look'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { findPacks } from './find-packs.ts'
import { isOffered } from './offering.ts'
import {
  findChangedPacks,
  type ListedPackRow,
  loadSampleCatalogue,
  readListedPacks,
  readListedPacksOf,
  readSaleLaw,
} from './index.ts'

let shop: TestDatabase
before(async () => {
  shop = await testDatabase()
  await loadSampleCatalogue(shop.database)
})
after(() => shop.close())

const packsAtOnce = 70

async function readAll(): Promise<ListedPackRow[]> {
  const law = await readSaleLaw(shop.database.reads)
  const all: ListedPackRow[] = []
  for (;;) {
    const after = all.at(-1)?.id ?? null
    const rows = await readListedPacks(shop.database.reads, law, after, packsAtOnce)
    all.push(...rows)
    if (rows.length < packsAtOnce) return all
  }
}

/** What a copy in memory and a page may both know, as each of them reads it. */
async function assertAsRead(rows: readonly ListedPackRow[]): Promise<void> {
  const ids = rows.map(row => row.id)
  const packs = await findPacks(shop.database.reads, ids)
  for (const row of rows) {
    const { category: _c, popularity: _p, medicineId: _m, drugId: _d, mark: _k, ...more } = row
    const { lawKey: _l, isOffered: isRowOffered, ...shown } = more
    const pack = packs.get(row.id)
    assert.ok(pack, row.name)
    assert.equal(isRowOffered, isOffered(pack.terms), row.name)
    const same = Object.fromEntries(
      Object.keys(shown).map(key => [key, pack[key as keyof typeof pack]]),
    )
    assert.deepEqual(shown, same)
  }
}

test('every pack is listed once, with the decision and the price its own page has', async () => {
  const rows = await readAll()
  assert.ok(rows.length > 300, `only ${rows.length} packs`)
  assert.equal(new Set(rows.map(row => row.id)).size, rows.length)
  assert.ok(new Set(rows.map(row => row.decision)).size >= 4)
  await assertAsRead(rows)
  const [first] = rows
  const { reads } = shop.database
  const law = await readSaleLaw(reads)
  assert.deepEqual(await readListedPacksOf(reads, law, [first!.id, randomUUID()]), [first])
  assert.ok(rows.some(row => !row.isOffered) && rows.some(row => row.isOffered))
})

test('a switch, a ceiling and a new rule change the listing as they change the page', async () => {
  const { db } = shop.database
  await sql`
    insert into catalogue.sale_switch (id, store_id, switch, is_on, reason, switched_by)
    select ${randomUUID()}, store_id, switch, false, 'test', 'test' from catalogue.sale_switch
    where switch = 'rx_delivery_enabled'`.execute(db)
  await sql`
    insert into catalogue.price_control (id, clinical_drug_id, base_unit, state, ceiling_paise, effective_from,
      source_citation, recorded_by)
    select gen_random_uuid(), drug, base_unit, 'controlled', 1, '2020-01-01', 'test', gen_random_uuid()
    from (select distinct comparable_drug_id as drug, base_unit from catalogue.pack
      where comparable_drug_id is not null order by drug limit 40) as chosen`.execute(db)
  await sql`
    insert into catalogue.schedule_rule (substance_id, scheme, effective_from, source_citation, recorded_by)
    select id, 'X', '2020-01-01', 'test', 'test' from catalogue.substance where name = 'ibuprofen'`.execute(
    db,
  )
  const rows = await readAll()
  assert.ok(rows.some(row => row.pricePaise !== null && row.pricePaise < 50))
  assert.ok(rows.every(row => row.decision !== 'prescription'))
  assert.ok(rows.some(row => /Ibuprofen/.test(row.composition) && row.decision === 'blocked'))
  await assertAsRead(rows)
})

test('only what was written between two looks has changed, and it has changed once', async () => {
  const { db, reads } = shop.database
  const rows = await readAll()
  const [first, second] = rows
  const since = (await lookNow(reads)).seen
  await sql`update catalogue.pack set popularity = popularity + 1 where id = ${first!.id}`.execute(
    db,
  )
  await sql`
    update catalogue.medicine set category = 'other' where id = ${second!.medicineId}`.execute(db)
  const until = (await lookNow(reads)).seen
  const siblings = rows.filter(row => row.medicineId === second!.medicineId).map(row => row.id)
  assert.deepEqual(await findChangedPacks(reads, { since, until }, 100), {
    packIds: [...new Set([first!.id, ...siblings])].sort(),
    isLawChanged: false,
    isMany: false,
  })
  const later = (await lookNow(reads)).seen
  const nothing = await findChangedPacks(reads, { since: until, until: later }, 100)
  assert.deepEqual(nothing, { packIds: [], isLawChanged: false, isMany: false })
  const tooMany = await findChangedPacks(reads, { since, until }, 0)
  assert.deepEqual(tooMany, { packIds: [], isLawChanged: false, isMany: true })
})

test('a tax is everybody’s change', async () => {
  const { db, reads } = shop.database
  const since = (await lookNow(reads)).seen
  await sql`update catalogue.tax_rate set notification = notification where hsn_prefix = '3004'`.execute(
    db,
  )
  await sql`update catalogue.tax_rate set notification = notification || ' '`.execute(db)
  const until = (await lookNow(reads)).seen
  assert.equal((await findChangedPacks(reads, { since, until }, 100)).isMany, true)
})

test('a rule of law names no pack, however many it reaches', async () => {
  const { db, reads } = shop.database
  const since = (await lookNow(reads)).seen
  await sql`
    insert into catalogue.schedule_rule (substance_id, scheme, effective_from, source_citation, recorded_by)
    select id, 'H', '2020-01-01', 'test', 'test' from catalogue.substance where name = 'paracetamol'`.execute(
    db,
  )
  const until = (await lookNow(reads)).seen
  assert.deepEqual(await findChangedPacks(reads, { since, until }, 1), {
    packIds: [],
    isLawChanged: true,
    isMany: false,
  })
})

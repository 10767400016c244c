import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { medicineCategories } from '@janta/contracts'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { findPacks, loadSampleCatalogue } from './index.ts'
import { readSampleCatalogue } from './load-sample-catalogue.ts'

describe('the sample catalogue', () => {
  let shop: TestDatabase
  let ids: string[]
  before(async () => {
    shop = await testDatabase()
    ids = await loadSampleCatalogue(shop.database)
  })
  after(() => shop.close())

  test('has at least 300 packs of medicines and 40 everyday items, each pack once', async () => {
    const rows = await readSampleCatalogue()
    const drugs = rows.filter(row => row.kind === 'drug')
    assert(drugs.length >= 300, `only ${drugs.length} medicines`)
    assert(rows.length - drugs.length >= 40, 'too few everyday items')
    assert.equal(new Set(ids).size, rows.length)
  })

  test('every pack is marked as a sample, has a price up to its MRP, a tax rate and a maker', async () => {
    const packs = await findPacks(shop.database.reads, ids)
    assert.equal(packs.size, ids.length)
    for (const pack of packs.values()) {
      assert(pack.isSample, pack.name)
      assert(
        pack.pricePaise !== null && pack.mrpPaise !== null && pack.pricePaise <= pack.mrpPaise,
        pack.name,
      )
      assert(pack.taxRateBasisPoints !== null, `${pack.name} has no tax rate for HSN ${pack.hsn}`)
      assert.match(pack.manufacturer, /Sample/)
    }
  })

  test('shows every decision the law can take, most of all what may be ordered', async () => {
    const packs = [...(await findPacks(shop.database.reads, ids)).values()]
    const counts = Object.groupBy(packs, pack => pack.decision)
    for (const decision of [
      'open',
      'prescription',
      'store_only',
      'blocked',
      'unclassified',
    ] as const) {
      assert((counts[decision]?.length ?? 0) > 0, `no sample is ${decision}`)
    }
    assert((counts.open?.length ?? 0) > 100, 'too little to order without a prescription')
    assert((counts.unclassified?.length ?? 0) < 20, 'too much that nobody classified')
  })

  test('every category has something in it', async () => {
    const rows = await readSampleCatalogue()
    for (const category of medicineCategories) {
      assert(
        rows.some(row => row.category === category),
        category,
      )
    }
  })

  test('every salt of a medicine was read with its strength, and every pack with its size', async () => {
    for (const row of await readSampleCatalogue()) {
      assert(row.pack.isStated, `${row.name}: ${row.pack.label}`)
      if (row.kind !== 'drug') continue
      assert(row.salts.length > 0, row.name)
      assert(
        row.salts.every(salt => salt.strength.key !== ''),
        row.name,
      )
      assert.notEqual(row.form.form, 'other', row.name)
    }
  })

  test('loading it again changes nothing and gives the same packs', async () => {
    const state = () =>
      sql<{ state: string }>`
        select concat_ws(' ', (select max(xmin::text::bigint) from catalogue.pack),
          (select max(xmin::text::bigint) from catalogue.medicine), (select count(*) from catalogue.price),
          (select count(*) from catalogue.substance)) as state`.execute(shop.database.db)
    const before = await state()
    assert.deepEqual(await loadSampleCatalogue(shop.database), ids)
    assert.deepEqual((await state()).rows, before.rows)
  })
})

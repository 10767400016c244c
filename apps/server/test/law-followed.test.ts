import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import { newId } from '#kernel/id'
import { lookNow } from '#kernel/look'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { loadSampleCatalogue, readSaleLaw } from '#modules/catalogue'
import { followIndex } from '../src/modules/search/follow-index.ts'
import { loadIndex } from '../src/modules/search/load-index.ts'
import { judgeAgain } from '../src/modules/search/judge-again.ts'
import { MedicineIndex } from '../src/modules/search/medicine-index.ts'
import { MedicineSearch } from '../src/modules/search/medicines.ts'

let shop: TestDatabase
before(async () => {
  shop = await testDatabase()
  await loadSampleCatalogue(shop.database)
})
after(() => shop.close())

async function read(): Promise<MedicineIndex> {
  const index = new MedicineIndex()
  await loadIndex(shop.database.reads, index, false)
  return index
}

const asked = ['paracetamol', 'alprazolam', 'metformin', 'ibuprofen', 'tablet', 'azithromycin 500']
const answers = (of: MedicineIndex) =>
  asked.map(text => new MedicineSearch(of).search(text, { withFacets: true, limit: 50 }))

/** Follows one change and compares with an index read afresh, which knows nothing of before. */
async function assertFollows(change: () => Promise<unknown>): Promise<void> {
  const { reads } = shop.database
  const look = await lookNow(reads)
  const index = await read()
  const before = answers(index)
  await change()
  const { written } = await followIndex(reads, index, look)
  assert.equal(written, 0, 'a change of the law reads no pack again')
  assert.notDeepEqual(answers(index), before)
  assert.deepEqual(answers(index), answers(await read()))
}

const throwSwitch = (isOn: boolean) =>
  sql`
    insert into catalogue.sale_switch (id, store_id, switch, is_on, reason, switched_by)
    select ${newId()}, store_id, switch, ${isOn}, 'test', 'test' from catalogue.sale_switch
    where switch = 'rx_delivery_enabled' limit 1`.execute(shop.database.db)

test('the kill switch thrown and thrown back is in the answers without reading a pack', async () => {
  await assertFollows(() => throwSwitch(false))
  await assertFollows(() => throwSwitch(true))
})

test('a ban and a rule hide what they reach at once, price and all', async () => {
  await assertFollows(() =>
    inTransaction(shop.database, systemCaller('test'), async tx => {
      await sql`
        with ban as (
          insert into catalogue.banned_formulation (title, effective_from, source_citation, recorded_by)
          values ('test', '2020-01-01', 'a test', 'test') returning id
        )
        insert into catalogue.banned_component (banned_formulation_id, substance_id)
        select ban.id, substance.id from ban, catalogue.substance where name = 'metformin'`.execute(
        tx,
      )
    }),
  )
  await assertFollows(() =>
    sql`
      insert into catalogue.schedule_rule (substance_id, scheme, effective_from, source_citation, recorded_by)
      select id, 'X', '2020-01-01', 'test', 'test' from catalogue.substance where name = 'ibuprofen'`.execute(
      shop.database.db,
    ),
  )
  const index = await read()
  const hits = new MedicineSearch(index).search('ibuprofen', { limit: 50 }).hits
  assert.ok(hits.length > 0)
  for (const { ordinal } of hits) {
    assert.equal(index.isOffered(ordinal), false)
    assert.equal(index.pricePaise[ordinal], -1)
  }
})

test('judged again by the same law, nothing is touched', async () => {
  const index = await read()
  const flags = index.flags.slice()
  judgeAgain(index, await readSaleLaw(shop.database.reads))
  assert.deepEqual(index.flags, flags)
})

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction, type Tx } from '#kernel/transaction'
import { type ListedPack, readListRow } from './listed-pack.ts'
import { noKnownIds, storePacks } from './store-packs.ts'

const rowsAtOnce = 2_000
const batches = 3

function listed(number: number, manufacturer = 'Sample Labs'): ListedPack {
  const found = readListRow({
    name: `Testavali ${number} Tablet`,
    manufacturer,
    form: '',
    packLabel: 'strip of 10 tablets',
    composition: 'Paracetamol (650mg)',
    isCutOff: false,
    mrp: '30',
    isDiscontinued: false,
    popularity: 0,
  })
  assert('pack' in found)
  return found.pack
}

const origin = { source: 'list', isSample: false }

describe('storing packs', () => {
  let shop: TestDatabase
  before(async () => {
    shop = await testDatabase()
  })
  after(() => shop.close())

  const storing = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    inTransaction(shop.database, systemCaller('store-packs-test'), work)

  test('a batch looks up its own medicines and never reads all of a table nobody has counted yet', async () => {
    await storing(async tx => {
      const read = async () => {
        const { rows } = await sql<{ rows: number }>`
          select seq_tup_read::int as rows from pg_stat_xact_user_tables
          where schemaname = 'catalogue' and relname = 'medicine'`.execute(tx)
        return rows[0]?.rows ?? assert.fail('the table is not watched')
      }
      for (let batch = 0; batch < batches; batch++) {
        const from = batch * rowsAtOnce
        const before = batch === 0 ? 0 : await read()
        const rows = Array.from({ length: rowsAtOnce }, (_, at) => listed(from + at))
        assert.equal((await storePacks(tx, rows, origin, noKnownIds())).added, rowsAtOnce)
        // Over an empty table the planner may do as it likes.
        if (batch > 0) assert.equal((await read()) - before, 0, `batch ${batch}`)
      }
    })
  })

  test('a name of one maker, or of none, is one medicine however often and by whom it is stored', async () => {
    const twins = [listed(1, 'Twin Labs'), listed(1, '')]
    for (const added of [2, 0]) {
      const stored = await storing(tx => storePacks(tx, twins, origin, noKnownIds()))
      assert.equal(stored.added, added)
    }
    const again = storing(tx =>
      sql`
        insert into catalogue.medicine (name, name_key, manufacturer_id, kind, form, composition, composition_state,
          is_sample, source)
        select name, name_key, manufacturer_id, kind, form, composition, composition_state, is_sample, source
        from catalogue.medicine where name_key = ${twins[1]?.nameKey} and manufacturer_id is null`.execute(
        tx,
      ),
    )
    await assert.rejects(again, /medicine_named/)
  })
})

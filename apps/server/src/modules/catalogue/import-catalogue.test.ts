import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { importCatalogue } from './import-catalogue.ts'
import { findPacks } from './index.ts'
import { UnreadableFile } from '#kernel/unreadable-file'

const header =
  'id,name,price(₹),Is_discontinued,manufacturer_name,type,pack_size_label,short_composition1,short_composition2'
const list = [
  header,
  '1,Testavali 650 Tablet,30.91,FALSE,Sample  Labs Ltd,allopathy,strip of 15 tablets,Paracetamol  (650mg),',
  '2,Testavali 650 Tablet,30.91,FALSE,Sample Labs Limited,allopathy,strip of 15 tablets,Paracetamol (650mg),',
  '3,Testavali 650 Tablet,20.50,FALSE,Sample Labs Ltd,allopathy,strip of 10 tablets,Paracetamol (650mg),',
  '4,Testavali 650 Tablet,20.50,FALSE,Sample Labs Ltd,allopathy,strip of 20 tablets,Ibuprofen (400mg),',
  '5,Testclav 625 Tablet,200,TRUE,Sample Labs Ltd,allopathy,strip of 10 tablets,Amoxycillin  (500mg) ,  Clavulanic Acid (125mg)',
  '6,Testcold Syrup,90,FALSE,Sample Labs Ltd,allopathy,bottle of 60 ml Syrup,Paracetamol (125mg/5ml) , Caffeine (5mg/5ml) ',
  '7,Testbroken Tablet,free,FALSE,Sample Labs Ltd,allopathy,strip of 10 tablets,Paracetamol (500mg),',
  '8,Testshort Tablet,12',
].join('\n')

describe('importing a list of medicines', () => {
  let shop: TestDatabase
  let folder: string
  let remarksPath: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'janta-import-'))
    remarksPath = join(folder, 'remarks.csv')
  })
  beforeEach(async () => {
    shop ??= await testDatabase()
  })
  after(async () => {
    await shop.close()
    rmSync(folder, { recursive: true })
  })

  const given = (name: string, contents: string | Buffer): string => {
    const path = join(folder, name)
    writeFileSync(path, contents)
    return path
  }
  const importing = (path: string) => importCatalogue(shop.database, { path, remarksPath })
  const packs = async () => {
    const { rows } = await sql<{ id: string }>`select id from catalogue.pack order by id`.execute(
      shop.database.db,
    )
    return [
      ...(
        await findPacks(
          shop.database.reads,
          rows.map(row => row.id),
        )
      ).values(),
    ]
  }

  const broken: [string, string | Buffer, RegExp][] = [
    [
      'an unclosed quote',
      `${header}\n1,"Testavali,30,FALSE\n2,b`,
      /never closed near line|quotation mark/,
    ],
    ['a quote in a cell', `${header}\n1,Test"avali",30,FALSE,a,b,c,d,e`, /quotation mark/],
    ['a gzip cut off', gzipSync(list).subarray(0, 200), /cut off/],
    [
      'a damaged gzip',
      Buffer.concat([Buffer.from([0x1f, 0x8b, 9, 9]), Buffer.alloc(50)]),
      /damaged/,
    ],
    ['a picture in it', Buffer.from(`${header}\n1,\u0000\u0001\u00e9`, 'latin1'), /not text/],
    ['a million columns', `${header}\n${','.repeat(1_000_000)}`, /at most 200/],
    ['the bytes of a PDF', '%PDF-1.7', /PDF/],
    ['another header', 'a,b,c\n1,2,3', /first line does not name the columns/],
    [
      'a cell of ten megabytes',
      `${header}\n1,${'x'.repeat(10_000_000)},1,FALSE,a,b,c,d,e`,
      /64 KB/,
    ],
    ['no row', header, /no rows/],
    ['nothing', '', /empty/],
  ]
  for (const [what, contents, sentence] of broken) {
    test(`a file with ${what} is refused with a sentence and nothing of it is stored`, async () => {
      const importingIt = importing(given('broken.csv', contents))
      await assert.rejects(importingIt, (error: unknown) => {
        assert(error instanceof UnreadableFile, String(error))
        assert.match(error.message, sentence)
        return true
      })
      assert.equal((await packs()).length, 0)
    })
  }
  test('a file that is not there is refused with a sentence', async () => {
    await assert.rejects(importing(join(folder, 'none.csv')), /There is no such file/)
  })

  test('rows are stored or written down with the reason, none is lost', async () => {
    const report = await importing(given('list.csv', list))
    assert.equal(report.rowsRead, 8)
    assert.equal(report.rowsAccepted, 4)
    assert.equal(report.packsAdded, 4)
    assert.deepEqual(report.rejections, {
      duplicate: 1,
      contents_differ: 1,
      mrp_unreadable: 1,
      cells_wrong: 1,
    })
    assert.equal(report.notices.composition_cut_off, 1)
    const lines = readFileSync(remarksPath, 'utf8').trim().split('\n')
    assert.equal(lines.filter(line => line.includes(',rejected,')).length, 4)
    assert(
      lines.some(line => line.startsWith('3,rejected,duplicate,')),
      lines.join('\n'),
    )
  })

  test('what the law says follows from the salts', async () => {
    const decisions = (await packs())
      .map(pack => `${pack.name} ${pack.unitsPerPack} ${pack.decision}`)
      .sort()
    assert.deepEqual(decisions, [
      'Testavali 650 Tablet 10 open',
      'Testavali 650 Tablet 15 open',
      'Testclav 625 Tablet 10 prescription',
      'Testcold Syrup 60 unclassified',
    ])
  })

  test('importing the same list again, even gzipped, changes nothing', async () => {
    const state = () =>
      sql<{ state: string }>`
        select concat_ws(' ', (select max(xmin::text::bigint) from catalogue.pack),
          (select max(xmin::text::bigint) from catalogue.medicine),
          (select max(xmin::text::bigint) from catalogue.substance),
          (select count(*) from catalogue.price)) as state`.execute(shop.database.db)
    const before = await state()
    const report = await importing(given('list.csv.gz', gzipSync(list)))
    assert.equal(report.packsAdded + report.packsChanged, 0)
    assert.deepEqual((await state()).rows, before.rows)
  })

  test('a lower MRP in a newer list lowers the price and keeps the history', async () => {
    await importing(given('newer.csv', list.replace('Tablet,200,TRUE', 'Tablet,180,TRUE')))
    const pack = (await packs()).find(one => one.name.startsWith('Testclav'))
    assert.equal(pack?.pricePaise, 180_00)
    const { rows } = await sql<{ paise: number }>`
      select price_paise as paise from catalogue.price where pack_id = ${pack?.id} order by number`.execute(
      shop.database.db,
    )
    assert.deepEqual(
      rows.map(row => row.paise),
      [200_00, 180_00],
    )
  })
})

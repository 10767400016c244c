import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ImportRow } from '@janta/contracts'
import { sql } from 'kysely'
import {
  type HandWork,
  type ImportDesk,
  openImportDesk,
  send,
  upload,
  workByHand,
} from './imports-for-tests.ts'
import { workbookOf } from '../src/kernel/zip-for-tests.ts'
import { api } from './web-for-tests.ts'

let desk: ImportDesk
let work: HandWork
before(async () => {
  desk = await openImportDesk()
  work = workByHand(desk)
})
after(() => desk.close())

const drive = (id: string) => work.drive(id)
const look = (id: string) => work.look(id)
const checked = (list: Parameters<HandWork['checked']>[0]) => work.checked(list)
const committed = (id: string, body?: object) => work.committed(id, body)
const undone = (id: string) => work.undone(id)

const mrps = async () => {
  const { rows } = await sql<{ name: string; mrp: number | null; gone: boolean }>`
    select medicine.name, pack.mrp_paise as mrp, pack.is_discontinued as gone
    from catalogue.pack join catalogue.medicine on medicine.id = pack.medicine_id
    order by medicine.name`.execute(desk.own.database.db)
  return rows
}

const list = Buffer.from(
  [
    'Product Name;Company;Packing;Salt;M.R.P.',
    'Testavali 650 Tablet;Sample Labs;strip of 15 tablets;Paracetamol (650mg);30.91',
    'Testcillin 500 Capsule;Sample Labs;strip of 10 capsules;Amoxycillin (500mg);90',
    'Testfree Tablet;Sample Labs;strip of 10 tablets;Paracetamol (500mg);free',
    'Caf\u00e9 Gel;Sample Labs;;;',
  ].join('\r\n'),
  'latin1',
)

test('good rows and bad ones are parted, each reason beside its cell, and nothing is stored yet', async () => {
  const run = await checked({ kind: 'catalogue_list', source: 'Sample list', bytes: list })
  assert.equal(run.state, 'checked')
  assert.equal(run.encoding, 'windows-1252')
  assert.deepEqual(run.rows, { read: 4, good: 2, noticed: 1, bad: 1, stored: 0 })
  const bad = await send<{ items: ImportRow[] }>(desk, api.listImportRows, {
    id: run.id,
    query: { outcome: 'bad' },
  })
  assert.deepEqual(
    bad.items.map(row => [row.line, row.remarks[0]?.code, row.remarks[0]?.column]),
    [[4, 'mrp_unreadable', 4]],
  )
  assert.deepEqual(await mrps(), [])
  await send(desk, api.discardImport, { id: run.id })
})

test('chosen rows are stored, the columns are remembered, and the same file is noticed', async () => {
  const run = await checked({ kind: 'catalogue_list', source: 'Sample list', bytes: list })
  assert.equal(run.isRemembered, true)
  const done = await committed(run.id, { chosen: 'except', lines: [5] })
  assert.equal(done.state, 'committed')
  assert.deepEqual([done.rows.stored, done.added, done.changed], [2, 2, 0])
  const again = await checked({ kind: 'catalogue_list', source: 'Sample list', bytes: list })
  assert.equal(again.sameFileAs?.id, run.id)
  await assert.rejects(committed(again.id), /import_same_file/)
  const repeated = await committed(again.id, { sameFileAgain: true })
  assert.deepEqual([repeated.added, repeated.changed], [1, 0])
})

test('an import is undone as a whole: added packs can no longer be ordered, changed ones are as before', async () => {
  const newer = Buffer.from(list.toString('latin1').replace(';90', ';80.50'), 'latin1')
  const run = await checked({ kind: 'catalogue_list', source: 'Sample list', bytes: newer })
  const done = await committed(run.id)
  assert.deepEqual([done.added, done.changed], [0, 1])
  assert.equal((await mrps()).find(row => row.name.startsWith('Testcillin'))?.mrp, 80_50)
  const back = await undone(run.id)
  assert.deepEqual([back.state, back.restored, back.kept], ['undone', 1, 0])
  assert.equal((await mrps()).find(row => row.name.startsWith('Testcillin'))?.mrp, 90_00)
})

test('undoing keeps what somebody changed since, and names it', async () => {
  const bytes = Buffer.from(
    'name,manufacturer,mrp\nTestone Tablet,Maker A,10\nTesttwo Tablet,Maker A,20\n',
  )
  const run = await committed((await checked({ kind: 'catalogue_list', source: 'B', bytes })).id)
  const later = Buffer.from('name,manufacturer,mrp\nTesttwo Tablet,Maker A,19\n')
  await committed((await checked({ kind: 'catalogue_list', source: 'C', bytes: later })).id)
  const back = await undone(run.id)
  assert.deepEqual([back.restored, back.kept], [1, 1])
  const kept = await send<{ items: string[] }>(desk, api.listKeptChanges, { id: run.id })
  assert.equal(kept.items.length, 1)
  assert.match(kept.items[0]!, /^Testtwo/)
  const [one, two] = (await mrps()).filter(row => /^Test(one|two)/.test(row.name))
  assert.deepEqual([one?.mrp, one?.gone], [null, true])
  assert.deepEqual([two?.mrp, two?.gone], [19_00, false])
  const { rows } = await sql<{ mrp: number | null }>`
    select price.mrp_paise as mrp from catalogue.price
    join catalogue.pack on pack.id = price.pack_id join catalogue.medicine on medicine.id = pack.medicine_id
    where medicine.name = 'Testone Tablet' order by price.number`.execute(desk.own.database.db)
  assert.deepEqual(
    rows.map(row => row.mrp),
    [10_00, null],
  )
})

test('a distributor’s workbook is matched to packs, under a letterhead, and its rate is kept', async () => {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const row = (...cells: string[]) => `<row>${cells.map(cell).join('')}</row>`
  const bytes = workbookOf(
    row('Sample Distributors, Indore') +
      row('Item Name', 'Mfr', 'Pack', 'MRP', 'PTR') +
      row('TESTAVALI 650 TABLET', 'Sample Labs Ltd', "15'S", '30.91', '22.10') +
      row('Nothing Such', '', '', '10', '8') +
      row('Testcillin 500 Capsule', '', '', '90', '95'),
  )
  const run = await checked({ kind: 'supplier_prices', source: 'Sample Distributors', bytes })
  assert.deepEqual([run.rows.good, run.rows.bad], [1, 2])
  const rows = await send<{ items: ImportRow[] }>(desk, api.listImportRows, { id: run.id })
  assert.deepEqual(
    rows.items.flatMap(one => one.remarks.map(remark => remark.code)),
    ['medicine_unknown', 'rate_above_mrp'],
  )
  await committed(run.id)
  const rates = () =>
    sql<{ rate: number }>`select rate_paise as rate from catalogue.supplier_price`.execute(
      desk.own.database.db,
    )
  assert.deepEqual((await rates()).rows, [{ rate: 22_10 }])
  await undone(run.id)
  assert.deepEqual((await rates()).rows, [])
})

test('the Jan Aushadhi list gives salts only where its names say them wholly', async () => {
  const bytes = Buffer.from(
    '"Sr No","Drug Code","Generic Name","Unit Size","MRP","Group Name"\n' +
      '"1","1","Aceclofenac 100mg and Paracetamol 325mg Tablets","10\'s","10.32","A"\n' +
      '"2","2","Aceclofenac Tablets IP 100 mg","10\'s","8.25","A"\n' +
      '"3","9","Amoxycillin and Potassium Clavulanate Tablets IP 625 mg","10\'s","0","A"\n',
  )
  const run = await checked({ kind: 'jan_aushadhi', source: 'PMBI', bytes })
  assert.deepEqual([run.rows.good, run.rows.noticed, run.rows.bad], [2, 1, 0])
  await committed(run.id)
  const { rows } = await sql<{ composition: string }>`
    select composition from catalogue.medicine where source = 'PMBI' order by name`.execute(
    desk.own.database.db,
  )
  assert.deepEqual(
    rows.map(row => row.composition),
    ['Aceclofenac 100 mg + Paracetamol 325 mg', 'Aceclofenac 100 mg', ''],
  )
})

test('PIN codes are added, corrected and taken back', async () => {
  const bytes = Buffer.from('pincode,district,state\n452001,Indore,Madhya Pradesh\n45,x,y\n')
  const run = await checked({ kind: 'pin_codes', source: 'India Post', bytes })
  assert.deepEqual([run.rows.good, run.rows.bad], [1, 1])
  assert.equal((await committed(run.id)).added, 1)
  assert.equal((await undone(run.id)).restored, 1)
})

test('a file that cannot be read is refused with its sentence, one too large before it is sent', async () => {
  const id = await upload(desk, {
    kind: 'catalogue_list',
    source: 'X',
    bytes: Buffer.from('%PDF-1.7 and so on'),
  })
  await drive(id)
  const run = await look(id)
  assert.deepEqual(
    [run.state, run.sentence],
    ['refused', 'The file is a PDF. Ask for the list as CSV or XLSX.'],
  )
  const huge = { kind: 'pin_codes', source: 'X', fileName: 'x', bytes: 100_000_000 }
  await assert.rejects(send(desk, api.createImport, { body: huge }), /import_file_too_large/)
})

test('what is exported is what is shown, and no cell of it is a formula', async () => {
  const bytes = Buffer.from('name,mrp\n=cmd|calc!A1,free\n')
  const run = await checked({ kind: 'catalogue_list', source: 'X', bytes })
  const { csv, next } = await send<{ csv: string; next: number | null }>(
    desk,
    api.exportImportRows,
    {
      id: run.id,
      query: { outcome: 'bad' },
    },
  )
  assert.equal(next, null)
  assert.match(csv, /^name,mrp,Line,Reasons\r\n'=cmd\|calc!A1,free,2,/)
})

test('columns that are missing, taken twice or beyond the table are refused', async () => {
  const bytes = Buffer.from('a,b\n1,2\n')
  const id = await upload(desk, { kind: 'pin_codes', source: 'X', bytes })
  await drive(id)
  for (const mapping of [
    {},
    { pin: 0, district: 0, state: 1 },
    { pin: 0, district: 1, state: 7 },
  ]) {
    await assert.rejects(send(desk, api.checkImport, { id, body: { mapping } }), /columns_missing/)
  }
  await assert.rejects(committed(id), /import_state_forbids/)
})

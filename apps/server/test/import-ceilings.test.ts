import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ImportRow } from '@janta/contracts'
import { sql } from 'kysely'
import { commands } from '../src/commands/index.ts'
import {
  type HandWork,
  type ImportDesk,
  openImportDesk,
  send,
  workByHand,
} from './imports-for-tests.ts'
import { api, mobileOf } from './web-for-tests.ts'

let desk: ImportDesk
let work: HandWork
before(async () => {
  desk = await openImportDesk()
  work = workByHand(desk)
  const bytes = Buffer.from(
    [
      'Product Name,Company,Packing,Salt,M.R.P.',
      'Testavali 650 Tablet,Sample Labs,strip of 15 tablets,Paracetamol (650mg),30.91',
      'Testcillin 500 Capsule,Sample Labs,strip of 10 capsules,Amoxycillin (500mg),90',
    ].join('\n'),
  )
  const run = await work.checked({ kind: 'catalogue_list', source: 'Sample list', bytes })
  await work.committed(run.id)
})
after(() => desk.close())

const ceilings = Buffer.from(
  'Sl. No.,Medicines,Dosage form and strength,Unit,Ceiling price (Rs.),S.O. No. & Date,Effective from\n' +
    '1,Paracetamol,Tablet 650mg,1 Tablet,1.50,S.O. 1577(E) dated 25.03.2026,01.04.2026\n' +
    '2,Paracetamol,Tablet 999mg,1 Tablet,1.00,S.O. 1578(E),\n' +
    '3,Amoxicillin,Capsule 500mg,1 Capsule,2.00,S.O. 1579(E),01.04.2099\n' +
    '4,Amoxicillin,Capsule,1 Capsule,2.00,S.O. 1580(E),\n' +
    '5,Paracetamol,Tablet 650mg,Tablet,1.60,S.O. 1581(E),\n',
)
const standing = async () => {
  const { rows } = await sql<{ name: string; ceiling: number; future: boolean }>`
    select drug.composition as name, control.ceiling_paise as ceiling,
      control.effective_from > kernel.today() as future
    from catalogue.price_control as control
    join catalogue.clinical_drug as drug on drug.id = control.clinical_drug_id
    where control.effective_to is null order by drug.composition, control.effective_from`.execute(
    desk.own.database.db,
  )
  return rows.map(row => `${row.name} ${row.ceiling}${row.future ? ' later' : ''}`)
}
const priceOf = async (name: string) => {
  const { rows } = await sql<{ price: number }>`
    select pack.price_paise as price from catalogue.pack
    join catalogue.medicine on medicine.id = pack.medicine_id where medicine.name = ${name}`.execute(
    desk.own.database.db,
  )
  return rows[0]?.price
}

test('notified ceilings come in with their day, bring prices down, and are taken back with them', async () => {
  const before = await priceOf('Testavali 650 Tablet')
  const run = await work.checked({ kind: 'price_ceilings', source: 'NPPA', bytes: ceilings })
  assert.deepEqual([run.rows.good, run.rows.noticed, run.rows.bad], [1, 1, 3])
  const { items } = await send<{ items: ImportRow[] }>(desk, api.listImportRows, { id: run.id })
  assert.deepEqual(
    items.flatMap(one => one.remarks.map(({ code, column }) => `${one.line} ${code} ${column}`)),
    ['2 day_over 6', '3 drug_unknown 1', '5 strength_unread 2', '6 duplicate 1'],
  )
  const done = await work.committed(run.id)
  assert.deepEqual([done.added, done.changed], [2, 0])
  assert.deepEqual(await standing(), ['Amoxicillin 500 mg 200 later', 'Paracetamol 650 mg 150'])
  // 1.50 a tablet, 15 tablets, 5 % GST.
  assert.equal(await priceOf('Testavali 650 Tablet'), 23_62)
  const again = await work.checked({ kind: 'price_ceilings', source: 'NPPA', bytes: ceilings })
  assert.equal(again.sameFileAs?.id, run.id)
  assert.equal(again.rows.bad, 5, 'what stands for that day already is no news')
  const back = await work.undone(run.id)
  assert.deepEqual([back.state, back.restored, back.kept], ['undone', 2, 0])
  assert.deepEqual(await standing(), [])
  assert.equal(await priceOf('Testavali 650 Tablet'), before)
})

test('a ceiling that replaced another gives way to it again when the operator undoes the import', async () => {
  const listOf = (price: string) =>
    Buffer.from(
      `Medicines,Strength,Unit,Ceiling price,From\nParacetamol,Tablet 650mg,Tablet,${price},\n`,
    )
  const first = await work.checked({
    kind: 'price_ceilings',
    source: 'NPPA',
    bytes: listOf('1.70'),
  })
  await work.committed(first.id)
  await desk.own.moveClock('2 days')
  await desk.admin.signIn(mobileOf.administrator)
  const second = await work.checked({
    kind: 'price_ceilings',
    source: 'NPPA',
    bytes: listOf('1.20'),
  })
  const done = await work.committed(second.id)
  assert.deepEqual([done.added, done.changed], [0, 1])
  assert.equal(await priceOf('Testavali 650 Tablet'), 18_90)
  const lines: string[] = []
  const context = {
    args: [second.id],
    surroundings: { database: desk.own.database, files: desk.files },
    say: (line: string) => lines.push(line),
  }
  const undo = commands['import undo']
  assert.ok(undo)
  assert.equal(await undo.run(context as never), 0, lines.join('\n'))
  assert.deepEqual(lines, ['1 changes were put back, 0 stay because they were changed since.'])
  assert.deepEqual(await standing(), ['Paracetamol 650 mg 170'])
  assert.equal(await priceOf('Testavali 650 Tablet'), 26_77)
  assert.equal(await undo.run(context as never), 1)
  assert.match(lines[1] ?? '', /moved on meanwhile/)
})

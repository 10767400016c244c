import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { RegisterEntry } from '@janta/contracts'
import { inTransaction } from '#kernel/transaction'
import { sampleStoreId } from '#test/billing-for-tests'
import { addScheduledPack, coverageOf, supplyOn } from '#test/registers-for-tests'
import { personCaller } from '#test/shelf-for-tests'
import { addPharmacist, todayIn } from '#test/rx-desk-for-tests'
import { api, Browser, mobileOf, type TestWeb, testWeb } from '#test/web-for-tests'
import { wordsOnPaper } from '#test/words-on-paper-for-tests'
import { confirmRegisterPage } from './confirm-register-page.ts'
import { findRegisterDays } from './find-register-days.ts'
import { findRegisterEntries } from './find-register-entries.ts'
import { voidRegisterEntries } from './void-register-entries.ts'

let web: TestWeb
let counter: Browser
let packId: string
let today: string
const all = { register: 'prescription' } as const
before(async () => {
  web = await testWeb({ sample: true })
  counter = await new Browser(web.app).signIn(mobileOf.pharmacist)
  packId = await addScheduledPack(web.own.database)
  today = await todayIn(web.own.database)
  for (let turn = 1; turn <= 7; turn++) {
    const coverage = coverageOf({
      prescriberName: turn % 2 ? 'Dr Odd' : '=cmd|A0',
      patientName: 'सुनीता नमूना',
    })
    await supplyOn(web.own.database, [{ packId, coverage, batchNumber: `L${turn}` }])
  }
  const { orderId } = await supplyOn(web.own.database, [{ packId, coverage: coverageOf() }])
  const caller = personCaller()
  const reason = 'Came back from the door'
  await inTransaction(web.own.database, caller, tx =>
    voidRegisterEntries(tx, caller, { orderId, reason }),
  )
})
after(() => web.close())

const serialsOf = (items: readonly RegisterEntry[]) => items.map(one => one.serial)

test('a register is read page by page in serial order, with voids in their place', async () => {
  const seen: RegisterEntry[] = []
  for (let after: string | null = ''; after !== null; ) {
    const query = { ...all, limit: 4, ...(after && { after }) }
    const answer = await counter.send(api.listRegisterEntries, { query })
    assert.equal(answer.statusCode, 200, answer.body)
    seen.push(...answer.json().items)
    after = answer.json().next
  }
  assert.deepEqual(serialsOf(seen), [1, 2, 3, 4, 5, 6, 7, 8, 9])
  assert.deepEqual(
    seen.slice(7).map(one => [one.kind, one.voidedBySerial, one.voidsSerial, one.voidReason]),
    [
      ['supply', 9, null, null],
      ['void', null, 8, 'Came back from the door'],
    ],
  )
})

test('an entry names who supplied, as the memo does, and beside her who approved the prescription', async () => {
  const answer = await counter.send(api.listRegisterEntries, { query: { ...all, limit: 1 } })
  const [entry] = answer.json().items
  assert.deepEqual(
    [entry.pharmacistName, entry.pharmacistRegistration],
    ['S. Signing', 'T-2'],
    'rule 65(3)(1) asks for the signature of the supplying pharmacist',
  )
  assert.deepEqual([entry.approverName, entry.approverRegistration], ['P. Sample', 'T-1'])
})

test('a month is verified for the inspector, and a memo book is declared and read back', async () => {
  const month = today.slice(0, 7)
  const answer = await counter.send(api.verifyRegisterMonth, { query: { month } })
  assert.equal(answer.statusCode, 200, answer.body)
  const { registers, dispensings, faults } = answer.json()
  assert.deepEqual(faults, [])
  assert.equal(dispensings, 8)
  assert.deepEqual(
    registers.map((one: { register: string; entries: number }) => [one.register, one.entries]),
    [['prescription', 9]],
  )
  assert.match(registers[0].headHash, /^[0-9a-f]{64}$/)
  const owner = await new Browser(web.app).signIn(mobileOf.administrator)
  const body = { from: '2090-01-01', keptIn: 'memo_book' }
  await owner.send(api.setRegisterForm, { body })
  const forms = (await counter.send(api.listRegisterForms)).json()
  assert.equal(forms.current, 'register')
  assert.deepEqual([forms.items[0].from, forms.items[0].keptIn], ['2090-01-01', 'memo_book'])
})

test('an inspector finds entries by medicine, batch, prescriber and period', async () => {
  const { db } = web.own.database
  const find = async (more: object) =>
    serialsOf(
      await findRegisterEntries(db, sampleStoreId, { ...all, ...more }, { after: 0, limit: 50 }),
    )
  assert.deepEqual(await find({ batchNumber: 'L3' }), [3])
  assert.deepEqual(await find({ prescriber: 'dr odd' }), [1, 3, 5, 7])
  assert.equal((await find({ medicineId: packId })).length, 9)
  assert.equal((await find({ from: today, to: today })).length, 9)
  assert.deepEqual(await find({ from: '2090-01-01' }), [])
  assert.deepEqual(await find({ to: '2020-01-01' }), [])
  assert.deepEqual(await find({ medicineId: packId, batchNumber: 'L9' }), [])
})

async function fileAs(format: 'csv' | 'pdf', more: object = {}) {
  const answer = await counter.send(api.exportRegister, { query: { ...all, ...more, format } })
  assert.equal(answer.statusCode, 200, answer.body)
  const { name, base64 } = answer.json()
  return { name, bytes: Buffer.from(base64, 'base64') }
}

test('the CSV runs nothing in a spreadsheet, and the PDF prints each entry, voids with their reason', async () => {
  const csv = (await fileAs('csv')).bytes.toString()
  assert.equal(csv.trim().split('\r\n').length, 10)
  assert.ok(csv.includes(`,'=cmd|A0,`) && !csv.includes(',=cmd'), 'a formula got through')
  assert.ok(csv.includes('सुनीता नमूना'))
  const words = await wordsOnPaper(async () => {
    assert.equal((await fileAs('pdf')).bytes.subarray(0, 5).toString(), '%PDF-')
  })
  const lines = words.split('\n')
  for (let serial = 1; serial <= 9; serial++) assert.ok(lines.includes(String(serial)), `${serial}`)
  for (let turn = 1; turn <= 7; turn++) assert.ok(lines.includes(`B. L${turn}`), `L${turn}`)
  for (const one of ['VOIDED by No. 9', 'VOIDS No. 8: Came back from the door', 'rule 65(3)(1)'])
    assert.ok(words.includes(one), one)
  assert.ok(!words.includes('Extract'))
})

test('an inspector’s extract holds what was asked and nothing else, and says why serials are missing', async () => {
  for (const [more, batches, said] of [
    [{ batchNumber: 'L3' }, ['L3'], 'batch L3'],
    [{ prescriber: 'dr odd' }, ['L1', 'L3', 'L5', 'L7'], 'prescriber dr odd'],
    [{ medicineId: packId, batchNumber: 'L2', from: today, to: today }, ['L2'], 'batch L2'],
  ] as const) {
    const csv = await fileAs('csv', more)
    const words = await wordsOnPaper(() => fileAs('pdf', more))
    for (let turn = 1; turn <= 7; turn++) {
      const isAsked = (batches as readonly string[]).includes(`L${turn}`)
      assert.equal(csv.bytes.toString().includes(`,L${turn},`), isAsked, `CSV: L${turn}`)
      assert.equal(words.split('\n').includes(`B. L${turn}`), isAsked, `PDF: L${turn}`)
    }
    assert.match(csv.name, /extract/)
    assert.match(words, new RegExp(`Extract, only: .*${said}.*Serials not shown`))
  }
})

test('days that do not exist and cursors nobody gave are refused in words', async () => {
  for (const query of [
    { ...all, from: '2026-02-31' },
    { ...all, after: '1; drop' },
    { register: 'x' },
  ]) {
    const answer = await counter.send(api.listRegisterEntries, { query })
    assert.equal(answer.json().code, 'malformed_request')
  }
})

test('a day’s page is signed once by the pharmacist on duty, for what is on the paper; later entries are noticed', async () => {
  const { database } = web.own
  const page = { storeId: sampleStoreId, register: 'prescription', day: today } as const
  const off = await addPharmacist(database, { isOnDuty: false })
  const signed = { ...page, lastSerial: 9 }
  await assert.rejects(confirmRegisterPage(database, off, signed), {
    code: 'pharmacist_not_on_duty',
  })
  const pharmacist = await addPharmacist(database)
  await assert.rejects(confirmRegisterPage(database, pharmacist, { ...page, lastSerial: 8 }), {
    code: 'register_page_changed',
  })
  await assert.rejects(
    confirmRegisterPage(database, pharmacist, { ...signed, day: '2020-01-01' }),
    {
      code: 'not_found',
    },
  )
  await confirmRegisterPage(database, pharmacist, signed)
  await assert.rejects(confirmRegisterPage(database, pharmacist, signed), {
    code: 'register_page_confirmed',
  })
  await supplyOn(database, [{ packId, coverage: coverageOf() }])
  const [day] = await findRegisterDays(database.db, sampleStoreId, all)
  assert.deepEqual(
    [day?.day, day?.entries, day?.confirmation?.lastSerial, day?.confirmation?.laterEntries],
    [today, 10, 9, 1],
  )
})

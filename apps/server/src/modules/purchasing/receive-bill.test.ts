import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { addPack, monthFromToday, shelfOf } from '#test/shelf-for-tests'
import { addSupplier, billLine, keeper, receive, supplierEntry } from './buying-for-tests.ts'
import { checkBill } from './check-bill.ts'
import { createOrder } from './create-order.ts'
import { endOrder } from './end-order.ts'
import { findBills } from './find-bills.ts'
import { findOrder } from './find-orders.ts'
import { findSuppliers } from './find-suppliers.ts'
import { overrideSupplierLicence } from './override-supplier-licence.ts'
import { saveSupplier } from './save-supplier.ts'
import { sendOrder } from './send-order.ts'

let own: TestDatabase
let supplierId: string
before(async () => {
  own = await testDatabase()
  supplierId = await addSupplier(own.database)
})
after(() => own.close())

const packs = (units = 10) => addPack(own.database, { units })

test('ten strips and one free enter the ledger, broken ones set apart, and each costs its share', async () => {
  const pack = await packs()
  const bill = await receive(own.database, {
    supplierId,
    lines: [billLine(pack, { freePacks: 1, goodPacks: 10, damagedPacks: 1 })],
  })
  assert.match(bill.number, /^GRN-\d+$/)
  const [line] = bill.lines
  assert.deepEqual([line?.units, line?.unitPaise, line?.dearerUnits], [110, 909, 10])
  assert.deepEqual(line?.flags, ['damaged', 'mrp_changed'])
  const shelf = await shelfOf(own.database, pack)
  assert.deepEqual(
    shelf.map(({ state, units }) => [state, units]),
    [
      ['damaged', 10],
      ['sellable', 100],
    ],
  )
  const { items } = await findBills(own.database.reads, { supplierId })
  assert.ok(items.some(one => one.id === bill.id && one.flagged === 1))
})

test('the same key answers the same bill; the same bill under another key is noticed', async () => {
  const [key, lines] = [randomUUID(), [billLine(await packs())]]
  const bill = { supplierId, billNumber: 'S-100', lines }
  const answers = await Promise.all([1, 2, 3].map(() => receive(own.database, bill, key)))
  assert.equal(new Set(answers.map(one => one.id)).size, 1)
  await assert.rejects(receive(own.database, { ...bill, billNumber: ' s-100 ' }), {
    code: 'receipt_repeated',
  })
  const tries = await Promise.allSettled(
    [1, 2, 3].map(() => receive(own.database, { ...bill, billNumber: 'S-101' })),
  )
  assert.equal(tries.filter(one => one.status === 'fulfilled').length, 1)
})

test('a bill whose total is not its lines is not taken; a rupee of rounding is', async () => {
  const lines = [billLine(await packs())]
  await receive(own.database, { supplierId, lines, printedTotalPaise: 105_100 })
  await assert.rejects(receive(own.database, { supplierId, lines, printedTotalPaise: 105_101 }), {
    code: 'bill_total_differs',
    fields: [{ field: 'printedTotalPaise', message: 'is above its lines by ₹1.01' }],
  })
  const check = await checkBill(own.database.reads, {
    supplierId,
    billNumber: 'X',
    billDate: '2026-01-05',
    lines,
    printedTotalPaise: 0,
  })
  assert.equal(check.obstacle?.code, 'bill_total_differs')
  assert.deepEqual([check.totals.totalPaise, check.totals.differencePaise], [105_000, -105_000])
})

test('a licence that is suspended, unknown, run out or not held keeps medicines out, until somebody answers for them', async () => {
  const drug = await addPack(own.database, { decision: 'prescription' })
  const lines = [billLine(drug)]
  for (const licence of [
    { status: 'suspended', validTo: null },
    { status: 'unknown', validTo: null },
    { status: 'in_force', validTo: '2020-01-01' },
    null,
  ] as const) {
    const doubtful = await addSupplier(own.database, {
      licences: licence ? [{ form: '20B', number: '1', ...licence }] : [],
    })
    await assert.rejects(receive(own.database, { supplierId: doubtful, lines }), {
      code: 'supplier_not_licensed',
    })
    await receive(own.database, { supplierId: doubtful, lines: [billLine(await packs())] })
    await overrideSupplierLicence(own.database, keeper, doubtful, {
      billNumber: 'urgent-1',
      reason: 'Licence seen on paper, renewal receipt kept',
    })
    await receive(own.database, { supplierId: doubtful, billNumber: 'Urgent-1', lines })
    await assert.rejects(receive(own.database, { supplierId: doubtful, lines }), {
      code: 'supplier_not_licensed',
    })
  }
})

test('goods of a short life need the supplier’s promise on record; expired ones never enter', async () => {
  const expiry = await monthFromToday(own.database, 60)
  const line = billLine(await packs(), { expiry })
  await assert.rejects(receive(own.database, { supplierId, lines: [line] }), {
    code: 'batch_short_dated',
  })
  const bill = await receive(own.database, {
    supplierId,
    lines: [{ ...line, shortExpiryReason: 'Credit promised by telephone' }],
  })
  assert.ok(bill.lines[0]?.flags.includes('short_expiry'))
  const expired = { ...line, expiry: '2020-01', shortExpiryReason: 'none' }
  await assert.rejects(receive(own.database, { supplierId, lines: [expired] }), {
    code: 'batch_expired',
  })
})

test('a dearer purchase, a lost scheme, another MRP, too few and too many are flagged', async () => {
  const pack = await packs()
  const first = await receive(own.database, {
    supplierId,
    lines: [billLine(pack, { freePacks: 1, goodPacks: 11, mrpPaise: 10_000 })],
  })
  assert.deepEqual(first.lines[0]?.flags, [])
  const flags = async (more: object, total = 105_000) => {
    const lines = [billLine(pack, { mrpPaise: 10_000, ...more })]
    const bill = await receive(own.database, { supplierId, lines, printedTotalPaise: total })
    return bill.lines[0]?.flags
  }
  assert.deepEqual(await flags({}), ['price_above_last'])
  assert.deepEqual(await flags({ mrpPaise: 11_000, goodPacks: 9 }), ['short', 'mrp_changed'])
  assert.deepEqual(await flags({ mrpPaise: 11_000, goodPacks: 12 }), ['excess'])
  assert.deepEqual(await flags({ mrpPaise: 11_000, goodPacks: 0 }), ['short'])
})

test('an order is received in parts and closes itself; two receivers cannot both take the rest', async () => {
  const pack = await packs()
  const draft = await createOrder(own.database, keeper, randomUUID(), {
    supplierId,
    lines: [{ medicineId: pack, packs: 20 }],
  })
  const against = { supplierId, orderId: draft.id, lines: [billLine(pack)] }
  await assert.rejects(receive(own.database, against), { code: 'order_state_forbids' })
  await sendOrder(own.database, keeper, draft.id)
  await assert.rejects(sendOrder(own.database, keeper, draft.id), { code: 'order_state_forbids' })
  await receive(own.database, against)
  const part = await findOrder(own.database.reads, draft.id)
  assert.deepEqual([part.state, part.lines[0]?.receivedPacks], ['part_received', 10])
  const tries = await Promise.allSettled([1, 2, 3].map(() => receive(own.database, against)))
  assert.deepEqual(tries.map(one => one.status).sort(), ['fulfilled', 'rejected', 'rejected'])
  assert.equal((await findOrder(own.database.reads, draft.id)).state, 'closed')
  await assert.rejects(endOrder(own.database, keeper, draft.id, 'not wanted'), {
    code: 'order_state_forbids',
  })
})

test('what was not on the order is flagged, and an order of another supplier is refused', async () => {
  const [ordered, other] = [await packs(), await packs()]
  const { id } = await createOrder(own.database, keeper, randomUUID(), {
    supplierId,
    lines: [{ medicineId: ordered, packs: 5 }],
  })
  await sendOrder(own.database, keeper, id)
  const bill = await receive(own.database, {
    supplierId,
    orderId: id,
    lines: [billLine(other, { mrpPaise: 10_000 })],
  })
  assert.deepEqual(bill.lines[0]?.flags, ['not_ordered'])
  const stranger = await addSupplier(own.database)
  await assert.rejects(
    receive(own.database, { supplierId: stranger, orderId: id, lines: [billLine(ordered)] }),
    { code: 'order_state_forbids' },
  )
  assert.equal((await endOrder(own.database, keeper, id, 'came from elsewhere')).state, 'closed')
})

test('a supplier is corrected under one id, a name is one supplier, a mistyped GSTIN is caught', async () => {
  const entry = supplierEntry({ name: 'Gupta Medical', gstin: '27AAPFU0939F1ZV' })
  const id = randomUUID()
  await saveSupplier(own.database, keeper, id, entry)
  const suspended = { ...entry.licences[0]!, status: 'suspended' as const }
  const saved = await saveSupplier(own.database, keeper, id, { ...entry, licences: [suspended] })
  assert.match(saved.obstacle ?? '', /20B of this supplier is suspended/)
  assert.equal(saved.licences.length, 2)
  const { items } = await findSuppliers(own.database.reads)
  assert.equal(items.filter(one => one.name === 'Gupta Medical').length, 1)
  await assert.rejects(
    saveSupplier(own.database, keeper, randomUUID(), supplierEntry({ name: ' gupta medical' })),
    { code: 'supplier_exists' },
  )
  await assert.rejects(
    saveSupplier(own.database, keeper, id, { ...entry, gstin: '27AAPFU0939F1ZW' }),
    { code: 'supplier_invalid' },
  )
})

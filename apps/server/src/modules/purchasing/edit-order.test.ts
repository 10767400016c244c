import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { addPack } from '#test/shelf-for-tests'
import { addSupplier, keeper, supplierEntry } from './buying-for-tests.ts'
import { createOrder } from './create-order.ts'
import { editOrder } from './edit-order.ts'
import { saveSupplier } from './save-supplier.ts'
import { sendOrder } from './send-order.ts'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
})
after(() => own.close())

test('a draft takes other lines, all or none, and what was sent stays as the supplier has it', async () => {
  const { database } = own
  const [first, other] = [await addPack(database), await addPack(database)]
  const supplierId = await addSupplier(database)
  const lines = [{ medicineId: first, packs: 10 }]
  const { id } = await createOrder(database, keeper, randomUUID(), { supplierId, lines })
  const edited = await editOrder(database, keeper, id, [
    { medicineId: other, packs: 3, ratePaise: 900 },
    { medicineId: first, packs: 7 },
  ])
  assert.deepEqual(
    edited.lines.map(line => [line.medicineId, line.packs, line.ratePaise]),
    [
      [other, 3, 900],
      [first, 7, null],
    ],
  )
  const unknown = [{ medicineId: randomUUID(), packs: 1 }]
  await assert.rejects(editOrder(database, keeper, id, unknown), { code: 'not_found' })
  const twice = [...lines, ...lines]
  await assert.rejects(editOrder(database, keeper, id, twice), { code: 'purchase_order_invalid' })
  await assert.rejects(editOrder(database, keeper, randomUUID(), lines), { code: 'not_found' })
  const sent = await sendOrder(database, keeper, id)
  assert.equal(sent.lines.length, 2)
  await assert.rejects(editOrder(database, keeper, id, lines), { code: 'order_state_forbids' })
})

test('an order is not sent to a supplier whose licence ran out; with the licence renewed it goes', async () => {
  const { database } = own
  const pack = await addPack(database, { decision: 'prescription' })
  const lapsed = {
    form: '20B',
    number: 'MP-20B-9',
    status: 'in_force',
    validTo: '2020-03-31',
  } as const
  const supplier = supplierEntry({ licences: [lapsed] })
  const { id: supplierId } = await saveSupplier(database, keeper, randomUUID(), supplier)
  const lines = [{ medicineId: pack, packs: 1 }]
  const { id } = await createOrder(database, keeper, randomUUID(), { supplierId, lines })
  await assert.rejects(sendOrder(database, keeper, id), { code: 'supplier_not_licensed' })
  const renewed = { ...supplier, licences: [{ ...lapsed, validTo: null }] }
  await saveSupplier(database, keeper, supplierId, renewed)
  assert.equal((await sendOrder(database, keeper, id)).state, 'sent')
})

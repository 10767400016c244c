import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api } from '@janta/contracts'
import { sql } from 'kysely'
import { compose } from '../src/compose.ts'
import { pageKey } from '../src/modules/prescriptions/upload-pages.ts'
import { openUploadFiles } from '../src/modules/prescriptions/uploads-for-tests.ts'
import { addReadyUpload } from './rx-desk-for-tests.ts'
import { approve, orderOnPrescription, picksFor } from './rx-orders-for-tests.ts'
import { Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

// How long what is kept (domain 1.10): a supplied prescription, then ten years, each night's cleaning done at each step.

let web: TestWeb
let store: Awaited<ReturnType<typeof openUploadFiles>>
before(async () => {
  web = await testWeb({ sample: true })
  store = await openUploadFiles()
})
after(async () => {
  await store.stop()
  await web.close()
})

/** Whatever any room of the pharmacy clears away by itself. */
async function cleanUp(): Promise<string[]> {
  const tasks = compose({ ...web.surroundings, files: store.files })
    .flatMap(one => one.recurring ?? [])
    .filter(({ task }) => /forget|erase|sweep|fold|lapsed/.test(task))
  for (const { run } of tasks) await run(web.own.database)
  return tasks.map(({ task }) => task)
}

async function storePage(uploadId: string): Promise<void> {
  const body = Buffer.from('a page')
  await store.files
    .of('prescriptions')
    .put(pageKey(uploadId, 1, 'whole'), body, { contentType: 'image/webp' })
}

const isStored = async (uploadId: string) =>
  (await store.files.of('prescriptions').head(pageKey(uploadId, 1, 'whole'))) !== undefined

/** The records the law wants, counted; the prescription register, Schedule H1, invoices, stock and who looked at what. */
async function records(orderId: string) {
  const { rows } = await sql<Record<string, number>>`
    select (select count(*)::integer from prescriptions.prescription as paper join prescriptions.review on
        review.id = review_id where order_id = ${orderId} and paper.state = 'approved') as papers,
      (select count(*)::integer from prescriptions.item_use where order_id = ${orderId}) as uses,
      (select count(*)::integer from dispensing.dispensing where order_id = ${orderId}) as dispensings,
      (select count(*)::integer from dispensing.register_entry where order_id = ${orderId}) as entries,
      (select count(*)::integer from billing.invoice where order_id = ${orderId}) as invoices,
      (select count(*)::integer from stock.movement where cause_id = ${orderId} and kind = 'issued') as movements,
      (select count(*)::integer from ordering.order_event where order_id = ${orderId}) as steps,
      (select count(*)::integer from audit.entry where action = 'ordering.order_packed') as audited`.execute(
    web.own.database.db,
  )
  return rows[0]!
}

test('through ten years the records stand, a used picture goes after five years and an unused one after one', async () => {
  const pharmacist = await new Browser(web.app).signIn(mobileOf.pharmacist)
  await pharmacist.send(api.startDuty, { body: { hours: 8 } })
  const order = await orderOnPrescription(web)
  await approve(web, pharmacist, order)
  const picks = await picksFor(pharmacist, order.id)
  const packed = await pharmacist.send(api.packOrder, { params: { id: order.id }, body: { picks } })
  assert.equal(packed.statusCode, 201, packed.body)
  const { rows } = await sql<{ used: string; personId: string }>`
    select upload_id as used, person_id as "personId" from prescriptions.review_upload
    join prescriptions.review on review.id = review_id where order_id = ${order.id}`.execute(
    web.own.database.db,
  )
  const { used, personId } = rows[0]!
  const unused = await addReadyUpload(web.own.database, personId)
  for (const id of [used, unused]) await storePage(id)
  const whole = await records(order.id)
  for (const [name, count] of Object.entries(whole)) assert.ok(count > 0, `there are no ${name}`)

  for (const [offset, pictures] of [
    ['360 days', [true, true]],
    ['400 days', [true, false]],
    ['1820 days', [true, false]],
    ['1830 days', [false, false]],
    // Eight years for the books, and two beyond the last of them.
    ['2925 days', [false, false]],
    ['3660 days', [false, false]],
  ] as const) {
    await web.own.moveClock(offset)
    const tasks = await cleanUp()
    assert.ok(tasks.includes('prescriptions.erase_expired_uploads'), 'nothing was cleaned')
    assert.deepEqual([await isStored(used), await isStored(unused)], pictures, offset)
    assert.deepEqual(await records(order.id), whole, `after ${offset} a record is missing`)
  }
})

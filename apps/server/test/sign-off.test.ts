import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api } from '@janta/contracts'
import { sql } from 'kysely'
import { packOrder } from '../src/modules/ordering/pack-order.ts'
import { Cut, cutAfter } from './cut-after-for-tests.ts'
import { addPharmacist } from './rx-desk-for-tests.ts'
import { approve, orderOnPrescription, picksFor } from './rx-orders-for-tests.ts'
import { addLots, addPack, markBatch } from './shelf-for-tests.ts'
import { Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

// The sign-off: all of it or nothing, by the right person, of the right strips; and the papers that follow from it.

let web: TestWeb
let pharmacist: Browser
let administrator: Browser
before(async () => {
  web = await testWeb({ sample: true })
  pharmacist = await new Browser(web.app).signIn(mobileOf.pharmacist)
  administrator = await new Browser(web.app).signIn(mobileOf.administrator)
  await pharmacist.send(api.startDuty, { body: { hours: 8 } })
})
after(() => web.close())

/** Everything a sign-off writes, counted over all tables it touches. */
async function written(orderId: string) {
  const { rows } = await sql<Record<string, number | string>>`
    select (select state from ordering.order where id = ${orderId}) as state,
      (select count(*)::integer from dispensing.dispensing where order_id = ${orderId}) as dispensed,
      (select count(*)::integer from dispensing.register_entry where order_id = ${orderId}) as registered,
      (select count(*)::integer from prescriptions.item_use where order_id = ${orderId}) as used,
      (select count(*)::integer from billing.invoice where order_id = ${orderId}) as invoiced,
      (select count(*)::integer from stock.movement where cause_id = ${orderId} and kind = 'issued') as issued,
      (select count(*)::integer from kernel.event where payload ->> 'orderId' = ${orderId}
        and name in ('ordering.order_packed', 'prescriptions.supplied')) as told,
      (select coalesce(max(last_serial), 0) from dispensing.register_head where register = 'prescription') as serial`.execute(
    web.own.database.db,
  )
  return rows[0]!
}

test('broken off after any of its statements, a sign-off leaves nothing; whole, it leaves everything', async () => {
  const order = await orderOnPrescription(web)
  await approve(web, pharmacist, order)
  const caller = await addPharmacist(web.own.database)
  const picks = await picksFor(pharmacist, order.id)
  const before = await written(order.id)
  const request = { id: order.id, picks }
  let cuts = 0
  for (let statement = 1; ; statement++) {
    const database = cutAfter(web.own.database, statement)
    const end = await packOrder(database, caller, request).then(
      () => 'whole' as const,
      (error: unknown) => {
        assert.ok(error instanceof Cut, String(error))
        return 'cut' as const
      },
    )
    if (end === 'whole') break
    cuts += 1
    assert.deepEqual(await written(order.id), before, `after statement ${statement}`)
  }
  assert.ok(cuts >= 20, `only ${cuts} statements were tried`)
  const { serial, ...rest } = await written(order.id)
  assert.deepEqual(rest, {
    state: 'packed',
    dispensed: 2,
    registered: 1,
    used: 1,
    invoiced: 1,
    issued: 2,
    told: 2,
  })
  assert.equal(serial, Number(before['serial']) + 1, 'no serial was lost on the way')
})

test('a prescription revoked meanwhile stops the sign-off, and the stock stays where it is', async () => {
  const order = await orderOnPrescription(web)
  const prescription = await approve(web, pharmacist, order)
  const picks = await picksFor(pharmacist, order.id)
  const before = await written(order.id)
  const revoked = await pharmacist.send(api.revokePrescription, {
    params: { id: prescription },
    body: { reason: 'The doctor took it back' },
  })
  assert.ok(revoked.statusCode < 300, revoked.body)
  const answer = await pharmacist.send(api.packOrder, { params: { id: order.id }, body: { picks } })
  // Nothing had left, so the paper lies at the review desk again.
  assert.equal(answer.json().code, 'prescription_not_approved', answer.body)
  assert.deepEqual(await written(order.id), before)
})

test('a prescription revoked after the packet was packed keeps the packet in the store', async () => {
  const order = await orderOnPrescription(web)
  const prescription = await approve(web, pharmacist, order)
  const picks = await picksFor(pharmacist, order.id)
  const packed = await pharmacist.send(api.packOrder, { params: { id: order.id }, body: { picks } })
  assert.equal(packed.statusCode, 201, packed.body)
  await pharmacist.send(api.revokePrescription, {
    params: { id: prescription },
    body: { reason: 'Misread: another medicine was meant' },
  })
  const params = { id: order.id }
  const left = await pharmacist.send(api.handOverOrder, { params, body: { rider: 'Rider Sample' } })
  assert.deepEqual([left.statusCode, left.json().code], [409, 'prescription_revoked'], left.body)
  const cancelled = await pharmacist.send(api.cancelOrderByStaff, {
    params,
    body: { reason: 'other' },
  })
  assert.equal(cancelled.statusCode, 201, cancelled.body)
})

test('each wrong strip is told apart at the scanner and written down; the right one is not', async () => {
  const order = await orderOnPrescription(web)
  await approve(web, pharmacist, order)
  const { database } = web.own
  const other = await addPack(database)
  const [, , recalled, gone] = await addLots(database, [
    { packId: other, packs: 1, batchNumber: 'OTHER-1' },
    { packId: order.rx, packs: 1, batchNumber: 'LATER-1' },
    { packId: order.rx, packs: 1, batchNumber: 'BACK-1' },
    { packId: order.rx, packs: 1, batchNumber: 'GONE-1' },
  ])
  await markBatch(database, recalled!, 'recalled')
  await markBatch(database, gone!, 'expired')
  const { rows } = await sql<{ number: string }>`
    select batch_number as number from stock.batch where id = ${order.batchId}`.execute(database.db)
  const right = rows[0]!.number
  const scan = async (code: string) =>
    (await pharmacist.send(api.checkScan, { params: { id: order.id }, body: { code } })).json()
      .verdict
  const asked = [
    right,
    ` ${right.toLowerCase()} `,
    'NOWHERE',
    'other-1',
    'LATER-1',
    'BACK-1',
    'GONE-1',
  ]
  const verdicts = []
  for (const code of asked) verdicts.push(await scan(code))
  assert.deepEqual(verdicts, [
    'right',
    'right',
    'unknown_batch',
    'wrong_medicine',
    'not_reserved',
    'recalled',
    'expired',
  ])
  await markBatch(database, order.batchId, 'recalled')
  assert.equal(await scan(right), 'recalled', 'a recall reaches the strip in the hand')
  const written = await sql<{ verdict: string }>`
    select verdict from dispensing.refused_scan where order_id = ${order.id} order by id`.execute(
    database.db,
  )
  assert.deepEqual(
    written.rows.map(row => row.verdict),
    [...verdicts.slice(2), 'recalled'],
  )
})

test('where two people sign off, the packer cannot be the checker, and the checker is on duty', async () => {
  const setRule = (isSecondCheckOn: boolean) =>
    administrator.send(api.setDispensingRule, { body: { isSecondCheckOn } })
  const order = await orderOnPrescription(web)
  await approve(web, pharmacist, order)
  const params = { id: order.id }
  const picks = await picksFor(pharmacist, order.id)
  assert.equal((await setRule(true)).json().isSecondCheckOn, true)
  const pack = (body: { picks: typeof picks }) => pharmacist.send(api.packOrder, { params, body })
  assert.equal((await pack({ picks })).json().code, 'second_check_needed')
  const handOver = (who: Browser) => who.send(api.handToChecker, { params, body: { picks } })
  assert.equal((await handOver(pharmacist)).json().picking.isMine, true)
  assert.equal((await pack({ picks })).json().code, 'own_pick')
  const keeper = await new Browser(web.app).signIn(mobileOf.stock_keeper)
  assert.equal((await handOver(keeper)).statusCode, 201)
  const byAdministrator = await administrator.send(api.packOrder, { params, body: { picks } })
  assert.equal(byAdministrator.json().code, 'pharmacist_not_registered')
  const fewer = picks.map((pick, at) => (at === 0 ? { ...pick, packs: pick.packs - 1 } : pick))
  assert.equal((await pack({ picks: fewer })).json().code, 'pick_changed')
  const seen = (await pharmacist.send(api.getPicking, { params })).json()
  assert.deepEqual(seen.picking.picks, picks)
  assert.equal((await pack({ picks })).statusCode, 201)
  assert.equal((await setRule(false)).json().isSecondCheckOn, false)
})

test('what was signed off prints as labels in both languages, a slip and a cut-strip label', async () => {
  const order = await orderOnPrescription(web)
  const params = { id: order.id }
  const paper = (query: Record<string, unknown>) =>
    pharmacist.send(api.printSupplyPaper, { params, query })
  await approve(web, pharmacist, order)
  assert.equal(
    (await paper({ paper: 'slip' })).statusCode,
    404,
    'nothing prints before the sign-off',
  )
  const picks = await picksFor(pharmacist, order.id)
  assert.equal((await pharmacist.send(api.packOrder, { params, body: { picks } })).statusCode, 201)
  const supply = (await pharmacist.send(api.getSupply, { params })).json()
  assert.equal(supply.hasLabels, true)
  assert.equal(supply.prescriptionIds.length, 1)
  const sizes = new Set<number>()
  for (const query of [
    { paper: 'labels', language: 'en' },
    { paper: 'labels', language: 'hi' },
    { paper: 'slip' },
  ]) {
    const answer = await paper(query)
    assert.equal(answer.statusCode, 200, answer.body)
    const bytes = Buffer.from(answer.json().base64, 'base64')
    assert.equal(bytes.subarray(0, 5).toString(), '%PDF-')
    sizes.add(bytes.length)
    const again = Buffer.from((await paper(query)).json().base64, 'base64')
    assert.ok(bytes.equals(again), 'printed again it is the same paper')
  }
  assert.equal(sizes.size, 3)
  assert.equal(supply.language, 'en')
  const chosen = Buffer.from((await paper({ paper: 'labels' })).json().base64, 'base64')
  const english = await paper({ paper: 'labels', language: 'en' })
  assert.ok(
    chosen.equals(Buffer.from(english.json().base64, 'base64')),
    'where no language is asked for, the label speaks the order’s',
  )
  const label = await pharmacist.send(api.printCutLabel, {
    params: { id: order.batchId },
    query: { units: 7 },
  })
  assert.equal(label.statusCode, 200, label.body)
  const noted = await sql<{ count: number }>`
    select count(*)::integer as count from audit.entry
    where action = 'dispensing.paper_printed' and object_id = ${order.id}`.execute(
    web.own.database.db,
  )
  assert.equal(noted.rows[0]?.count, 8, 'each printing is on the audit trail')
})

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { addLots, addPack, markBatch, monthFromToday, personCaller } from '#test/shelf-for-tests'
import { checkLedger } from './check-ledger.ts'
import { explainStock } from './explain-stock.ts'
import { findExpiring } from './find-expiring.ts'
import { issueReserved } from './issue-reserved.ts'
import { reserve } from './reserve.ts'
import { setExpiredApart } from './set-expired-apart.ts'
import { defaultStore } from './store.ts'
import { traceBatch } from './trace-batch.ts'
import { stockReportFile } from './stock-report-file.ts'
import { valueStock } from './value-stock.ts'
import { writeCheckpoint } from './write-checkpoint.ts'

let own: TestDatabase
let storeId: string
const caller = personCaller()
before(async () => {
  own = await testDatabase()
  storeId = (await defaultStore(own.database.db)).id
})
after(() => own.close())

const sell = (packId: string, packs: number, course: number | null = null) =>
  inTransaction(own.database, caller, async tx => {
    const causeId = randomUUID()
    const lines = [{ packId, packs, courseDays: course }]
    const reserved = await reserve(tx, caller, { storeId, causeId, lines, holdHours: 1 })
    if (reserved.outcome !== 'reserved') return reserved.outcome
    const picks = reserved.picks.map(({ batchId, packs: some }) => ({
      packId,
      batchId,
      packs: some,
    }))
    await issueReserved(tx, caller, { causeId, picks })
    return causeId
  })

test('staff see why each batch is skipped, and the customer hears the kindest of the reasons', async () => {
  const packId = await addPack(own.database)
  const soon = await monthFromToday(own.database, 40)
  const lots = await addLots(own.database, [
    { packId, packs: 1, expiry: soon },
    { packId, packs: 1, expiry: '2097-01' },
    { packId, packs: 1, expiry: '2098-01' },
  ])
  await markBatch(own.database, lots[1]!, 'recalled')
  await markBatch(own.database, lots[2]!, 'quarantine')
  const why = await explainStock(own.database.reads, packId)
  assert.equal(why.availablePacks, 0)
  assert.deepEqual(
    why.batches.map(one => one.notIssuable?.code),
    ['short_dated', 'recalled', 'quarantined'],
  )
  assert.match(why.customer!.en, /expire too soon/)
  await addLots(own.database, [{ packId, packs: 1 }])
  assert.equal((await explainStock(own.database.reads, packId)).customer, null)
  const none = await explainStock(own.database.reads, await addPack(own.database))
  assert.match(none.customer!.en, /none/)
})

test('a promise outlives its delivery, the policy and the course with its margin', async () => {
  // The worked example: delivered on 10 December 2026, policy 90 days.
  const { rows } = await sql<{ needed: number | null; lot: string; why: string | null }>`
    select course as needed, expires_on::text as lot, stock.why_not_issuable(null, 'sellable', expires_on, 'room',
      '{room}', '2026-12-08', '2026-12-10', stock.life_needed(90, course)) as why
    from (values (30), (90), (120), (null)) as treatment (course),
      (values (date '2027-02-28'), (date '2027-03-31')) as lot (expires_on)
    order by course nulls last, expires_on`.execute(own.database.db)
  assert.deepEqual(
    rows.map(row => row.why),
    ['short_dated', null, 'short_dated', null, 'short_dated', 'short_dated', 'short_dated', null],
  )
  const packId = await addPack(own.database)
  await addLots(own.database, [
    { packId, packs: 9, expiry: await monthFromToday(own.database, 150) },
  ])
  assert.equal(await sell(packId, 1, 180), 'out_of_stock')
  assert.notEqual(await sell(packId, 1, 30), 'out_of_stock')
})

test('what was on the shelf on a past day is worth the same with a checkpoint and without', async () => {
  const packId = await addPack(own.database)
  await addLots(own.database, [{ packId, packs: 10 }])
  const day = async () => (await valueStock(own.database.db, undefined)).day
  const [first, worth] = [await day(), await valueStock(own.database.db, undefined)]
  await own.moveClock('1 day')
  await sell(packId, 3)
  const second = await day()
  const later = await valueStock(own.database.db, undefined)
  assert.equal(worth.mrpPaise - later.mrpPaise, 3 * 10_000)
  assert.equal(worth.units - later.units, 30)
  assert.deepEqual(await valueStock(own.database.db, first), worth)
  await writeCheckpoint(own.database)
  await own.moveClock('2 days')
  await sell(packId, 1)
  await writeCheckpoint(own.database)
  await writeCheckpoint(own.database)
  assert.deepEqual(await valueStock(own.database.db, first), worth)
  assert.deepEqual(await valueStock(own.database.db, second), later)
  assert.equal((await valueStock(own.database.db, undefined)).units, later.units - 10)
  const file = await stockReportFile(own.database.reads, { report: 'valuation', day: first })
  assert.equal(file.name, `valuation-${first}.csv`)
  const lines = Buffer.from(file.base64, 'base64').toString('utf8').trimEnd().split('\r\n')
  assert.match(lines[0]!, /^\uFEFFmedicine,batchNumber,expiry,units,/)
  assert.equal(lines.length, worth.batches + 2, 'a head, a row a batch, and the whole')
  assert.ok(
    lines.at(-1)!.includes(`,${worth.units},,${worth.costPaise},${worth.mrpPaise},`),
    'the last row is the valuation of that day',
  )
  await assert.rejects(valueStock(own.database.db, '2026-02-31'), { code: 'malformed_request' })
})

test('the ladder tells what nears its end, and the day after the last one it lies among the expired', async () => {
  const packId = await addPack(own.database)
  const months = await Promise.all([10, 95, 150].map(days => monthFromToday(own.database, days)))
  const lots = await addLots(
    own.database,
    months.map((expiry, index) => ({ packId, packs: index + 1, expiry, batchNumber: `L${index}` })),
  )
  const { steps } = await findExpiring(own.database.reads)
  const found = steps.flatMap(step => step.items.filter(one => lots.includes(one.id)))
  assert.equal(found.length, 3)
  assert.ok(
    steps.every(step => step.mrpPaise >= step.items.reduce((sum, one) => sum + one.mrpPaise, 0)),
  )
  await own.moveClock('60 days')
  assert.ok((await setExpiredApart(own.database)) >= 1)
  assert.equal(await setExpiredApart(own.database), 0)
  const why = await explainStock(own.database.reads, packId)
  assert.deepEqual(why.batches.map(one => [one.state, one.notIssuable?.code])[0], [
    'expired',
    'expired',
  ])
  await checkLedger(own.database)
})

test('a batch is followed from the supplier’s bill to the order it left in', async () => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs: 4 }])
  const orderId = await sell(packId, 2)
  const trace = await traceBatch(own.database.reads, batchId!)
  assert.equal(trace.receivedUnits, 40)
  assert.deepEqual(
    trace.issues.map(one => [one.orderId, one.units, one.returnedUnits]),
    [[orderId, 20, 0]],
  )
  await assert.rejects(traceBatch(own.database.reads, randomUUID()), { code: 'not_found' })
})

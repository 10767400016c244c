import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { addLots, addPack, markBatch, personCaller, shelfOf } from '#test/shelf-for-tests'
import { checkLedger } from './check-ledger.ts'
import { findOpenStrips } from './find-open-strips.ts'
import type { Picked } from './issue-plan.ts'
import { issueReserved } from './issue-reserved.ts'
import { releaseBatch } from './set-batch-apart.ts'
import { reserve } from './reserve.ts'
import { defaultStore } from './store.ts'
import { returnToQuarantine, returnToShelf } from './take-back.ts'

let own: TestDatabase
let storeId = ''
const keeper = personCaller()
before(async () => {
  own = await testDatabase()
  storeId = (await defaultStore(own.database.db)).id
})
after(async () => {
  await checkLedger(own.database)
  await own.close()
})

async function shelf(...lots: { packs: number; expiry: string }[]) {
  const packId = await addPack(own.database)
  const batchIds = await addLots(
    own.database,
    lots.map(lot => ({ packId, ...lot })),
  )
  return { packId, batchIds }
}

async function hold(packId: string, packs: number): Promise<string> {
  const causeId = randomUUID()
  const request = { storeId, causeId, lines: [{ packId, packs }], holdHours: 24 }
  await inTransaction(own.database, keeper, tx => reserve(tx, keeper, request))
  return causeId
}

/** Gives out what was held with one pack of it cut, `pieceUnits` of which leave. */
const cutAndIssue = (causeId: string, packId: string, pieceUnits: number, picks: Picked[]) =>
  inTransaction(own.database, keeper, tx =>
    issueReserved(tx, keeper, {
      causeId,
      picks,
      cuts: new Map([[packId, { pieceUnits, unitsPerPack: 10 }]]),
    }),
  )

const kindsOf = async (causeId: string) =>
  (
    await sql<{ kind: string; state: string; onHand: number; reserved: number }>`
      select kind, state, sum(on_hand_delta)::integer as "onHand", sum(reserved_delta)::integer as reserved
      from stock.movement where cause_id = ${causeId} group by kind, state order by kind, state`.execute(
      own.database.db,
    )
  ).rows

test('the last strip picked is cut: the piece leaves, the rest stays loose under its own batch', async () => {
  const { packId, batchIds } = await shelf(
    { packs: 2, expiry: '2097-01' },
    { packs: 5, expiry: '2098-01' },
  )
  const [soon, late] = [batchIds[0]!, batchIds[1]!]
  const causeId = await hold(packId, 3)
  const picks = [
    { packId, batchId: soon, packs: 2 },
    { packId, batchId: late, packs: 1 },
  ]
  const issued = await cutAndIssue(causeId, packId, 4, picks)
  assert.deepEqual(
    issued.map(one => [one.batchId, one.packs, one.units]),
    [
      [soon, 2, 20],
      [late, 1, 4],
    ],
  )
  assert.deepEqual(await shelfOf(own.database, packId), [
    { state: 'loose', units: 6 },
    { state: 'sellable', units: 40 },
  ])
  const [strip] = await findOpenStrips(own.database.db, { storeId, packIds: [packId] })
  assert.deepEqual([strip?.batchId, strip?.expiry, strip?.units], [late, '2098-01', 6])
  assert.deepEqual(await kindsOf(causeId), [
    { kind: 'issued', state: 'loose', onHand: -4, reserved: 0 },
    { kind: 'issued', state: 'sellable', onHand: -20, reserved: -20 },
    { kind: 'released', state: 'sellable', onHand: 0, reserved: -10 },
    { kind: 'reserved', state: 'sellable', onHand: 0, reserved: 30 },
  ])
})

test('a strip cut before gives the piece, and the strip held for it is free again', async () => {
  const { packId, batchIds } = await shelf({ packs: 6, expiry: '2097-01' })
  const batchId = batchIds[0]!
  await cutAndIssue(await hold(packId, 1), packId, 3, [{ packId, batchId, packs: 1 }])
  const causeId = await hold(packId, 2)
  const piece = { packId, batchId, packs: 1, fromCutStrip: true }
  const issued = await cutAndIssue(causeId, packId, 5, [{ packId, batchId, packs: 1 }, piece])
  assert.deepEqual(
    issued.map(one => [one.packs, one.units]),
    [[2, 15]],
  )
  assert.deepEqual(await shelfOf(own.database, packId), [
    { state: 'loose', units: 2 },
    { state: 'sellable', units: 40 },
  ])
  const { rows } = await sql<{ reserved: number }>`
    select coalesce(sum(reserved), 0)::integer as reserved from stock.balance
    where batch_id = ${batchId}`.execute(own.database.db)
  assert.equal(rows[0]?.reserved, 0)
})

test('a cut strip too small, recalled, or asked for by no line is refused, and nothing has moved', async () => {
  const { packId, batchIds } = await shelf({ packs: 9, expiry: '2097-01' })
  const batchId = batchIds[0]!
  await cutAndIssue(await hold(packId, 1), packId, 8, [{ packId, batchId, packs: 1 }])
  const causeId = await hold(packId, 1)
  const piece = { packId, batchId, packs: 1, fromCutStrip: true }
  const before = await shelfOf(own.database, packId)
  await assert.rejects(cutAndIssue(causeId, packId, 3, [piece]), { code: 'out_of_stock' })
  const whole = { packId, batchId, packs: 1 }
  await assert.rejects(cutAndIssue(causeId, packId, 2, [piece, whole]), { code: 'pick_incomplete' })
  await assert.rejects(cutAndIssue(causeId, packId, 2, [piece, piece]), { code: 'pick_incomplete' })
  await assert.rejects(cutAndIssue(causeId, packId, 2, [{ ...piece, packs: 2 }]), {
    code: 'pick_incomplete',
  })
  await assert.rejects(
    inTransaction(own.database, keeper, tx =>
      issueReserved(tx, keeper, { causeId, picks: [piece] }),
    ),
    { code: 'pick_incomplete' },
  )
  assert.deepEqual(await shelfOf(own.database, packId), before)
  await markBatch(own.database, batchId, 'on_hold')
  assert.deepEqual(await findOpenStrips(own.database.db, { storeId, packIds: [packId] }), [])
  await assert.rejects(cutAndIssue(causeId, packId, 2, [piece]), { code: 'batch_not_issuable' })
})

test('what never left comes back cut; the piece that was away is not sold again', async () => {
  const { packId, batchIds } = await shelf({ packs: 4, expiry: '2097-01' })
  const batchId = batchIds[0]!
  const picks = [{ packId, batchId, packs: 2 }]
  const inside = await hold(packId, 2)
  await cutAndIssue(inside, packId, 7, picks)
  await inTransaction(own.database, keeper, tx => returnToShelf(tx, keeper, inside))
  assert.deepEqual(await shelfOf(own.database, packId), [
    { state: 'loose', units: 10 },
    { state: 'sellable', units: 30 },
  ])
  const away = await hold(packId, 2)
  await cutAndIssue(away, packId, 7, picks)
  await inTransaction(own.database, keeper, tx => returnToQuarantine(tx, keeper, away))
  const release = (units?: number) =>
    releaseBatch(own.database, keeper, randomUUID(), {
      id: batchId,
      from: 'quarantine',
      reason: 'Never opened',
      ...(units === undefined ? {} : { units }),
    })
  await assert.rejects(release(17), { code: 'batch_not_issuable' })
  assert.equal((await release()).units, 10)
  await assert.rejects(release(), { code: 'out_of_stock' })
})

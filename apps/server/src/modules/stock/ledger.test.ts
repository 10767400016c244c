import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import pg from 'pg'
import { assertLedgerAgrees, type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction, type Tx } from '#kernel/transaction'
import { addLots, addPack, monthFromToday, personCaller } from '#test/shelf-for-tests'
import { findAvailability } from './find-availability.ts'
import { findReservations } from './find-reservations.ts'
import { releaseHold } from './hold.ts'
import { issueReserved } from './issue-reserved.ts'
import { reserve } from './reserve.ts'
import { defaultStore } from './store.ts'
import { sweepLapsedHolds } from './sweep-lapsed-holds.ts'
import { returnToQuarantine, returnToShelf } from './take-back.ts'

let own: TestDatabase
let storeId: string
const caller = personCaller()
before(async () => {
  own = await testDatabase()
  storeId = (await defaultStore(own.database.db)).id
})
after(() => own.close())

// A few runs in every test; LEDGER_RUNS=2000 keeps one busy for a night.
const runs = Number(process.env.LEDGER_RUNS ?? 5)
const within = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(own.database, caller, work)

type Step =
  | { act: 'receive'; pack: number; packs: number; lifeDays: number }
  | { act: 'reserve'; lines: { pack: number; packs: number }[]; holdHours: number }
  | { act: 'release' | 'issue' | 'take_back' | 'quarantine'; cause: number }
  | { act: 'recall'; pack: number }
  | { act: 'sweep' }

const pack = fc.integer({ min: 0, max: 2 })
const cause = fc.nat({ max: 30 })
const receiving = fc.record({
  act: fc.constant('receive' as const),
  pack,
  packs: fc.integer({ min: 4, max: 20 }),
  lifeDays: fc.constantFrom(0, 60, 200, 400),
})
const reserving = fc.record({
  act: fc.constant('reserve' as const),
  lines: fc.array(fc.record({ pack, packs: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
  holdHours: fc.constantFrom(0, 24, 24),
})
const causes = fc.constantFrom<'release' | 'issue' | 'take_back' | 'quarantine'>(
  'release',
  'issue',
  'issue',
  'take_back',
  'quarantine',
)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: receiving },
  { weight: 5, arbitrary: reserving },
  { weight: 6, arbitrary: fc.record({ act: causes, cause }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('recall' as const), pack }) },
  { weight: 1, arbitrary: fc.constant({ act: 'sweep' as const }) },
)
// Every run begins with something on each shelf, or most of it would be about emptiness.
const opening: readonly Step[] = [0, 1, 2].map(one => ({
  act: 'receive',
  pack: one,
  packs: 12,
  lifeDays: 400,
}))

/** What the pharmacy has, seen from outside: every step goes through the functions other modules call. */
class Shelf {
  readonly packIds: string[] = []
  readonly causes: string[] = []
  issued = 0

  async open() {
    for (let index = 0; index < 3; index++) this.packIds.push(await addPack(own.database))
  }

  async take(taken: Step): Promise<void> {
    switch (taken.act) {
      case 'receive': {
        const expiry = await monthFromToday(own.database, taken.lifeDays)
        await addLots(own.database, [
          { packId: this.packIds[taken.pack]!, packs: taken.packs, expiry },
        ])
        return
      }
      case 'reserve': {
        const causeId = randomUUID()
        const lines = taken.lines.map(one => ({
          packId: this.packIds[one.pack]!,
          packs: one.packs,
        }))
        const { holdHours } = taken
        const free = await findAvailability(own.database.reads, this.packIds)
        const { outcome } = await within(tx =>
          reserve(tx, caller, { storeId, causeId, lines, holdHours }),
        )
        const fits = this.packIds.every(id => {
          const wanted = lines.reduce((sum, one) => sum + (one.packId === id ? one.packs : 0), 0)
          return wanted <= (free.get(id)?.availablePacks ?? 0)
        })
        assert.equal(outcome, fits ? 'reserved' : 'out_of_stock', 'availability promised otherwise')
        if (outcome === 'reserved') this.causes.push(causeId)
        return
      }
      case 'recall':
        await sql`
          update stock.batch set hold = 'recalled' where id = (
            select id from stock.batch where pack_id = ${this.packIds[taken.pack]} order by id limit 1)`.execute(
          own.database.db,
        )
        return
      case 'sweep':
        await sweepLapsedHolds(own.database)
        return
      case 'release':
      case 'issue':
      case 'take_back':
      case 'quarantine':
        return this.takeCause(taken)
    }
  }

  async takeCause(taken: { act: 'release' | 'issue' | 'take_back' | 'quarantine'; cause: number }) {
    const causeId = this.causes[taken.cause % Math.max(this.causes.length, 1)]
    if (causeId === undefined) return
    if (taken.act === 'release') await within(tx => releaseHold(tx, caller, causeId))
    if (taken.act === 'take_back') await within(tx => returnToShelf(tx, caller, causeId))
    if (taken.act === 'quarantine') await within(tx => returnToQuarantine(tx, caller, causeId))
    if (taken.act === 'issue') await this.issue(causeId)
  }

  async issue(causeId: string): Promise<void> {
    const held = await findReservations(own.database.reads, [causeId])
    const picks = held.map(({ packId, batchId, packs }) => ({ packId, batchId, packs }))
    const refused = new Set(['out_of_stock', 'batch_not_issuable'])
    const left = await within(tx => issueReserved(tx, caller, { causeId, picks })).catch(
      (error: Error & { code?: string }) => {
        assert.ok(refused.has(error.code ?? ''), error.stack)
        return []
      },
    )
    this.issued += left.length
  }
}

/** Nothing negative, nothing oversold, nothing unsaleable newly promised: read from the tables, not from our code. */
async function assertInvariants(): Promise<void> {
  await assertLedgerAgrees(own.database)
  const { rows } = await sql<{ batch: string }>`
    select batch_id as batch from stock.balance where on_hand < 0 or reserved < 0 or reserved > on_hand
    union all
    select movement.batch_id from stock.movement join stock.batch on batch.id = movement.batch_id
    where movement.kind = 'reserved' and batch.expires_on < (movement.at at time zone 'Asia/Kolkata')::date + 90
    union all
    select movement.batch_id from stock.movement join stock.batch on batch.id = movement.batch_id
    where movement.kind = 'issued' and batch.expires_on < (movement.at at time zone 'Asia/Kolkata')::date`.execute(
    own.database.db,
  )
  assert.deepEqual(rows, [])
}

test('whatever happens in whatever order, the ledger agrees and nothing unsaleable is promised', async () => {
  let issued = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async steps => {
      const shelf = new Shelf()
      await shelf.open()
      for (const one of [...opening, ...steps]) {
        await shelf.take(one)
        await assertInvariants()
      }
      for (const causeId of shelf.causes) await within(tx => releaseHold(tx, caller, causeId))
      await assertInvariants()
      const held = await findReservations(own.database.reads, shelf.causes)
      assert.deepEqual(held, [], 'a hold has no end')
      issued += shelf.issued
    }),
    { seed: 20_261_122, numRuns: runs, endOnFailure: true },
  )
  assert.ok(issued > 0, 'no run issued anything, so nothing was proven')
})

test('a connection that dies between two statements leaves nothing half done', async () => {
  const packId = await addPack(own.database)
  const [batchId] = await addLots(own.database, [{ packId, packs: 5 }])
  const causeId = randomUUID()
  for (const cut of ['after the hold', 'after a movement'] as const) {
    await assert.rejects(
      within(async tx => {
        const lines = [{ packId, packs: 2 }]
        assert.equal(
          (await reserve(tx, caller, { storeId, causeId, lines, holdHours: 1 })).outcome,
          'reserved',
        )
        if (cut === 'after a movement') {
          await issueReserved(tx, caller, {
            causeId,
            picks: [{ packId, batchId: batchId!, packs: 2 }],
          })
        }
        await killConnection(tx)
      }),
    )
    assert.deepEqual(await findReservations(own.database.reads, [causeId]), [], cut)
    const free = await findAvailability(own.database.reads, [packId])
    assert.equal(free.get(packId)?.availablePacks, 5, cut)
  }
})

/** As a crash of the process or the network would: the server ends this transaction's connection. */
async function killConnection(tx: Tx): Promise<void> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
  const killer = new pg.Client({ connectionString: own.appUrl })
  await killer.connect()
  try {
    await killer.query('select pg_terminate_backend($1)', [rows[0]!.pid])
  } finally {
    await killer.end()
  }
  await sql`select 1`.execute(tx)
}

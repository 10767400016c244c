import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import type { Caller } from '#kernel/caller'
import { systemCaller } from '#kernel/caller'
import { openDatabase } from '#kernel/database'
import { emit, onceFor } from '#kernel/events'
import { newId } from '#kernel/id'
import { once } from '#kernel/idempotency'
import { Refusal } from '#kernel/refusal'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction, keepIf, NotKept, together, type Tx } from '#kernel/transaction'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
})
after(() => own.close())
const caller = systemCaller('test')
const count = async (what: string): Promise<number> => {
  const { rows } = await own.database.pool.query(`select count(*)::integer as n from ${what}`)
  return rows[0].n
}

test('an event and its jobs exist when the transaction commits, and not at all when it is refused', async () => {
  const owner = own.ownerUrl
  const { syncSubscriptions } = await import('#kernel/migrate')
  await syncSubscriptions(owner, [
    { event: 'ordering.order_placed', task: 'notices.tell' },
    { event: 'ordering.order_placed', task: 'reporting.count' },
  ])
  const jobs = await count('graphile_worker.jobs')
  await inTransaction(own.database, caller, tx =>
    emit(tx, caller, 'ordering.order_placed', { orderId: newId() }),
  )
  assert.equal(await count('graphile_worker.jobs'), jobs + 2, 'one job a subscriber')
  const events = await count('kernel.event')
  await assert.rejects(
    inTransaction(own.database, caller, async tx => {
      await emit(tx, caller, 'ordering.order_placed', { orderId: newId() })
      throw new Refusal('conflict', 'No.')
    }),
    { code: 'conflict' },
  )
  assert.equal(await count('kernel.event'), events)
  assert.equal(await count('graphile_worker.jobs'), jobs + 2)
})

test('an event is told at the same cost however many jobs wait already', async () => {
  const waiting = await count('graphile_worker.jobs')
  assert.ok(waiting > 0)
  const read = await inTransaction(own.database, caller, async tx => {
    const before = await jobsRead(tx)
    await emit(tx, caller, 'ordering.order_placed', { orderId: newId() })
    return (await jobsRead(tx)) - before
  })
  assert.equal(read, 0)
  assert.equal(await count('graphile_worker.jobs'), waiting + 2)
})

/** How many waiting jobs this connection went through one by one, whatever it looked for. */
async function jobsRead(tx: Tx): Promise<number> {
  const { rows } = await sql<{ tuples: number }>`
    select seq_tup_read as tuples from pg_stat_xact_all_tables
    where relid = 'graphile_worker._private_jobs'::regclass`.execute(tx)
  return rows[0]!.tuples
}

test('a subscriber does its work once, however often the event arrives', async () => {
  const event = { id: newId(), name: 'ordering.order_placed', payload: {} }
  let done = 0
  const deliver = () =>
    inTransaction(own.database, caller, tx =>
      onceFor(tx, 'notices.tell', event, async () => {
        done++
      }),
    )
  await Promise.all([deliver(), deliver(), deliver()])
  assert.equal(done, 1)
})

test('the audit row of a refused act is not written, and of a done one it is', async () => {
  const written: (string | null)[] = []
  const audited: Caller = { ...caller, audit: async (_tx, objectId) => void written.push(objectId) }
  const id = newId()
  await inTransaction(own.database, audited, async () => ({ id }))
  await assert.rejects(
    inTransaction(own.database, audited, async () => {
      throw new Refusal('conflict', 'No.')
    }),
  )
  assert.deepEqual(written, [id])
})

test('a repeat gets the first answer, a changed repeat is refused, a failed first try frees the key', async () => {
  const claim = { scope: 'person:1', key: newId(), request: { quantity: 1 } }
  const run = (request: unknown, answer: unknown) =>
    inTransaction(own.database, caller, tx => once(tx, { ...claim, request }, async () => answer))
  assert.deepEqual(await run({ quantity: 1 }, { order: 1 }), { order: 1 })
  assert.deepEqual(await run({ quantity: 1 }, { order: 2 }), { order: 1 })
  await assert.rejects(run({ quantity: 2 }, {}), { code: 'idempotency_key_reused' })
  const fresh = { scope: 'person:1', key: newId(), request: 1 }
  await assert.rejects(
    inTransaction(own.database, caller, tx =>
      once(tx, fresh, async () => {
        throw new Refusal('out_of_stock', 'None left.')
      }),
    ),
  )
  const later = await inTransaction(own.database, caller, tx =>
    once(tx, fresh, async () => 'placed'),
  )
  assert.equal(later, 'placed')
})

test('two transactions that block each other are both done after a retry', async () => {
  const tables = [newId(), newId()]
  await inTransaction(own.database, caller, async tx => {
    for (const key of tables) {
      await sql`insert into kernel.idempotency (scope, key, request_hash) values ('lock', ${key}, '')`.execute(
        tx,
      )
    }
  })
  const touch = (order: readonly string[]) =>
    inTransaction(own.database, caller, async tx => {
      for (const key of order) {
        await sql`update kernel.idempotency set answer = '1' where scope = 'lock' and key = ${key}`.execute(
          tx,
        )
        await sql`select pg_sleep(0.05)`.execute(tx)
      }
      return 'done'
    })
  assert.deepEqual(await Promise.all([touch(tables), touch(tables.toReversed())]), ['done', 'done'])
})

test('a transaction on the pipelined reads is a bug, told at once', async () => {
  await assert.rejects(
    own.database.reads.transaction().execute(async () => undefined),
    /never runs on a pipelined connection/,
  )
})

test('many reads share one connection and each gets its own rows', async () => {
  const asked = Array.from({ length: 200 }, (_, at) => at)
  const answers = await Promise.all(
    asked.map(at => sql<{ n: number }>`select ${at}::integer as n`.execute(own.database.reads)),
  )
  assert.deepEqual(
    answers.map(one => one.rows[0]?.n),
    asked,
  )
})

test('statements sent together run in their order, and one that fails takes those behind it along', async () => {
  const [first, second] = [newId(), newId()]
  const write = (tx: Tx, key: string, hash: Buffer | null) =>
    sql`insert into kernel.idempotency (scope, key, request_hash)
      select 'together', ${key}, ${hash}
      where ${key} = ${first} or exists (select from kernel.idempotency where key = ${first})`.execute(
      tx,
    )
  const both = (firstHash: Buffer | null) =>
    inTransaction(own.database, caller, tx =>
      together(tx, all =>
        Promise.all([write(all, first, firstHash), write(all, second, Buffer.from('b'))]),
      ),
    )
  // What the first breaks is told, not that the second came to nothing because of it.
  await assert.rejects(both(null), { code: '23502' })
  assert.equal(await count(`kernel.idempotency where scope = 'together'`), 0)
  await both(Buffer.from('a'))
  assert.equal(await count(`kernel.idempotency where scope = 'together'`), 2)
})

test('every statement is prepared by name', async () => {
  const { rows } = await inTransaction(own.database, caller, async tx => {
    await sql`select 41 + ${1}::integer as n`.execute(tx)
    return sql<{ name: string }>`
      select name from pg_prepared_statements where statement like 'select 41 +%'`.execute(tx)
  })
  assert.equal(rows.length, 1)
})

test('a last statement travels with its commit, and its answer decides whether anything is kept', async () => {
  const answerOf = (outcome: string) =>
    sql<{ outcome: 'good' } | { outcome: 'bad'; short: number }>`
      jsonb_build_object('outcome', ${outcome}::text, 'short', 2)`
  const write = (outcome: string) =>
    inTransaction(
      own.database,
      caller,
      tx => emit(tx, caller, 'ordering.order_placed', { orderId: newId() }),
      async tx => {
        await keepIf(tx, 'good', answerOf(outcome))
      },
    )
  const before = await count('kernel.event')
  await write('good')
  assert.equal(await count('kernel.event'), before + 1)
  await assert.rejects(write('bad'), (error: unknown) => {
    assert.ok(error instanceof NotKept)
    assert.deepEqual(error.answer, { outcome: 'bad', short: 2 })
    return true
  })
  await assert.rejects(
    inTransaction(own.database, caller, async tx => {
      await emit(tx, caller, 'ordering.order_placed', { orderId: newId() })
      await keepIf(tx, 'good', answerOf('bad')).catch(() => undefined)
    }),
    /a failed transaction was committed/,
  )
  await assert.rejects(
    inTransaction(own.database, caller, async tx => {
      await keepIf(tx, 'good', answerOf('good'))
      await emit(tx, caller, 'ordering.order_placed', { orderId: newId() })
    }),
    /would not be in the transaction/,
  )
  assert.equal(await count('kernel.event'), before + 1, 'nothing else was kept')
  // Each connection serves the next transaction as before.
  for (let turn = 0; turn < 12; turn++) await write('good')
  assert.equal(await count('kernel.event'), before + 13)
})

test('a transaction begins with its first statement, and one without any asks the database nothing', async () => {
  const began = () =>
    count(`pg_stat_activity where datname = current_database() and backend_type = 'client backend'
      and xact_start is not null and pid <> pg_backend_pid()`)
  await own.database.db.transaction().execute(async () => {
    assert.equal(await began(), 0)
  })
  await assert.rejects(
    own.database.db.transaction().execute(async () => {
      throw new Error('changed my mind')
    }),
    /changed my mind/,
  )
  await own.database.db.transaction().execute(async tx => {
    await sql`select 1`.execute(tx)
    assert.equal(await began(), 1)
  })
  assert.equal(await began(), 0)
  const key = newId()
  await assert.rejects(
    inTransaction(own.database, caller, async tx => {
      await sql`insert into kernel.idempotency (scope, key, request_hash) values ('first', ${key}, '')`.execute(
        tx,
      )
      throw new Refusal('conflict', 'No.')
    }),
  )
  const left = await sql`select 1 from kernel.idempotency where key = ${key}`.execute(
    own.database.db,
  )
  assert.deepEqual(left.rows, [], 'the first statement was inside the transaction')
})

test('what a last statement kept is on the disk before anybody is answered', async () => {
  const name = new URL(own.ownerUrl).pathname.slice(1)
  const owner = new pg.Client({ connectionString: own.ownerUrl })
  await owner.connect()
  // The tests' server waits for no disk; a shop's does.
  await owner.query(`alter database ${name} set synchronous_commit = on`)
  await owner.end()
  const database = openDatabase({ url: own.appUrl, poolMax: 2, readConnections: 1 })
  try {
    for (let turn = 0; turn < 5; turn++) {
      let writtenAt = ''
      await inTransaction(
        database,
        caller,
        tx => emit(tx, caller, 'ordering.order_placed', { orderId: newId() }),
        async tx => {
          const answer = sql<{ outcome: 'good'; at: string }>`
            jsonb_build_object('outcome', 'good', 'at', pg_current_wal_insert_lsn())`
          writtenAt = (await keepIf(tx, 'good', answer)).at
        },
      )
      const { rows } = await database.pool.query(
        'select pg_current_wal_flush_lsn() >= $1::pg_lsn as lasting',
        [writtenAt],
      )
      assert.equal(rows[0].lasting, true)
    }
  } finally {
    await database.close()
  }
})

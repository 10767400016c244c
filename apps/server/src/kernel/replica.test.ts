import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import { type Database, openDatabase } from '#kernel/database'
import { metrics } from '#kernel/metrics'
import { type ReplicatedDatabase, replicatedDatabase } from '#kernel/replica-for-tests'
import { replicaLagMsMax } from '#kernel/replica-watch'
import { inScope, newScope } from '#kernel/scope'

let both: ReplicatedDatabase
let database: Database
let writer: pg.Client
before(async () => {
  both = await replicatedDatabase()
  writer = new pg.Client({ connectionString: new URL('/janta', both.primaryAdminUrl).href })
  await writer.connect()
  await writer.query('create table public.price (paise bigint not null)')
  await writer.query('insert into public.price values (100)')
  await writer.query('grant select on public.price to janta_app')
  database = openDatabase({
    url: both.appUrl,
    replicaUrl: both.replicaUrl,
    poolMax: 2,
    readConnections: 2,
  })
})
after(async () => {
  await database.close()
  await writer.end()
  await both.close()
})

interface Seen {
  readonly isCopy: boolean
  readonly paise: number
}
const look = async (db: Kysely<unknown>): Promise<Seen> => {
  const { rows } = await sql<Seen>`
    select pg_is_in_recovery() as "isCopy", paise from public.price`.execute(db)
  assert.ok(rows[0])
  return rows[0]
}
const until = async (holds: (seen: Seen) => boolean): Promise<Seen> => {
  for (let attempt = 1; attempt <= 300; attempt++) {
    const seen = await look(database.publicReads)
    if (holds(seen)) return seen
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error('it never came to that')
}
const onReplica = async (text: string) => {
  const client = new pg.Client({ connectionString: both.replicaAdminUrl })
  await client.connect()
  await client.query(text)
  await client.end()
}

test('reads of the catalogue go to the copy once it is known to be near; everything else to the primary', async () => {
  assert.deepEqual(await until(seen => seen.isCopy), { isCopy: true, paise: 100 })
  assert.equal((await look(database.reads)).isCopy, false)
  assert.equal((await look(database.db)).isCopy, false)
})

test('who has just written reads the primary and so what they wrote', async () => {
  await until(seen => seen.isCopy)
  await writer.query('update public.price set paise = 200')
  const seen = await inScope(newScope(undefined, true), () => look(database.publicReads))
  assert.deepEqual(seen, { isCopy: false, paise: 200 })
})

test('a write reaches the readers of the copy', async () => {
  await writer.query('update public.price set paise = 250')
  assert.equal((await until(seen => seen.isCopy && seen.paise === 250)).paise, 250)
})

test('a copy that stands still is left when it may be too old, never answers later than that, and is taken back', async () => {
  await until(seen => seen.isCopy)
  await onReplica('select pg_wal_replay_pause()')
  await writer.query('update public.price set paise = 300')
  // Whatever the copy answered until now, from here on nobody may be told the old price.
  await new Promise(resolve => setTimeout(resolve, replicaLagMsMax + 20))
  assert.deepEqual(await look(database.publicReads), { isCopy: false, paise: 300 })
  await onReplica('select pg_wal_replay_resume()')
  assert.equal((await until(one => one.isCopy)).paise, 300)
})

test('a copy that goes away costs nobody an answer, and is used again when it returns', async () => {
  await until(seen => seen.isCopy)
  metrics.take()
  let isOver = false
  let answers = 0
  const reading = Promise.all(
    Array.from({ length: 8 }, async () => {
      while (!isOver) {
        assert.equal((await look(database.publicReads)).paise, 300)
        answers++
        await new Promise(resolve => setTimeout(resolve, 2))
      }
    }),
  )
  await both.stopReplica()
  await new Promise(resolve => setTimeout(resolve, 300))
  isOver = true
  await reading
  assert.ok(answers > 50, `only ${answers} reads`)
  const routed = metrics.take().filter(one => one.name === 'database.public_reads')
  assert.ok(
    routed.some(one => one.label === 'replica') && routed.some(one => one.label === 'primary'),
  )
  await both.startReplica()
  assert.equal((await until(one => one.isCopy)).isCopy, true)
})

test('a copy nobody can reach is the same as none', async () => {
  const lonely = openDatabase({
    url: both.appUrl,
    replicaUrl: 'postgres://janta_app:x@127.0.0.1:9/janta',
    poolMax: 2,
    readConnections: 1,
  })
  assert.equal((await look(lonely.publicReads)).isCopy, false)
  await lonely.close()
})

test('a copy that was promoted is a stranger and is not read', async () => {
  await until(seen => seen.isCopy)
  await onReplica('select pg_promote()')
  await writer.query('update public.price set paise = 400')
  assert.equal((await until(seen => seen.paise === 400)).paise, 400)
})

import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { bootstrapDatabase } from '@janta/tools/postgres/bootstrap'
import { startLocalS3 } from '@janta/tools/s3/index'
import { testPostgres } from '@janta/tools/test-database'
import pg from 'pg'
import { testWeb, type TestWeb } from '#test/web-for-tests'
import { newId } from '#kernel/id'
import { openStorage, type Storage } from '#kernel/storage'
import { allMigrations } from '../migrations.ts'
import { backUp, drill, openPlace, restore, verify } from './index.ts'
import { type Manifest, readManifest } from './manifest.ts'
import type { Place } from './place.ts'

const access = { accessKeyId: 'local-key', secretAccessKey: 'local-secret', region: 'ap-south-1' }
const pdf = { contentType: 'application/pdf' }
const quietly = () => undefined

let web: TestWeb
let folder: string
let place: Place
let manifest: Manifest
let storage: Storage
let s3: Awaited<ReturnType<typeof startLocalS3>>
let storeOptions: typeof access & { endpoint: string }
const made: string[] = []

before(async () => {
  web = await testWeb({ sample: true })
  folder = await mkdtemp(path.join(tmpdir(), 'janta-backup-'))
  s3 = await startLocalS3({ root: path.join(folder, 's3'), ...access, buckets: ['files', 'kept'] })
  storeOptions = { ...access, endpoint: s3.endpoint }
  storage = openStorage({ ...storeOptions, bucket: 'files' })
  await storage.put('issued/1.pdf', Buffer.from('invoice one'), pdf)
  await storage.put('issued/2.pdf', Buffer.from('invoice two'), pdf)
  place = openPlace(path.join(folder, 'backup'), storeOptions)
  manifest = await backUp({ ...source(), place })
})

after(async () => {
  storage.close()
  await s3.stop()
  await rm(folder, { recursive: true })
  const { adminUrl } = await testPostgres()
  for (const name of made) {
    await asked(adminUrl, `drop database ${pg.escapeIdentifier(name)} with (force)`)
  }
  await web.close()
})

const source = () => ({
  ownerUrl: web.own.ownerUrl,
  appUrl: web.own.appUrl,
  release: 'test',
  stores: [{ purpose: 'invoices' as const, storage }],
  say: quietly,
})
const storageOf = () => storage

async function emptyDatabase() {
  const { adminUrl } = await testPostgres()
  const name = `restored_${newId().replaceAll('-', '')}`
  made.push(name)
  const urls = await bootstrapDatabase(adminUrl, name)
  return { ownerUrl: urls.DATABASE_OWNER_URL, appUrl: urls.DATABASE_URL }
}

async function asked<T>(url: string, text: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text, values)).rows as T[]
  } finally {
    await client.end()
  }
}

async function restored() {
  const ends = await emptyDatabase()
  await restore({ ...ends, place, migrations: allMigrations(), say: quietly })
  return ends
}

test('a restored pharmacy equals the one backed up, row for row and guard for guard', async () => {
  const ends = await restored()
  const verdict = await verify({ ...ends, place, manifest, storageOf })
  assert.deepEqual(verdict.faults, [])
  assert.ok(verdict.tables >= 30, `only ${verdict.tables} tables`)
  assert.ok(verdict.rows > 1_000, `only ${verdict.rows} rows`)
  assert.ok(verdict.appendOnly >= 5, `only ${verdict.appendOnly} guards of records`)
  assert.equal(verdict.files, 2)
  await assert.rejects(asked(ends.ownerUrl, 'delete from stock.movement'), { code: '42501' })
})

test('numbers go on where they were, so that none is given twice', async () => {
  const ends = await restored()
  const text = `select nextval('stock.movement_id_seq') as given, (select max(id) from stock.movement) as last`
  const [row] = await asked<{ given: string; last: string }>(ends.ownerUrl, text)
  assert.equal(Number(row?.given), Number(row?.last) + 1)
})

test('what is written while the backup runs is not in it, and does not spoil it', async () => {
  let written = 0
  const busy: Place = {
    ...place,
    async write(name, content) {
      await asked(
        web.own.appUrl,
        `insert into audit.entry (id, action, request_id) values ($1, 'backup.test', 'backup test')`,
        [newId()],
      )
      written++
      await inBucket.write(name, content)
    },
  }
  const inBucket = openPlace('s3://kept/nightly', storeOptions)
  const report = await drill({
    ...source(),
    place: { ...busy, read: name => inBucket.read(name) },
    target: await emptyDatabase(),
    migrations: allMigrations(),
    storageOf,
  })
  inBucket.close()
  assert.ok(written > 10)
  assert.deepEqual(report.faults, [])
})

test('a changed row, a trigger left off, a number set back and a lost file are each found', async () => {
  const ends = await restored()
  await asked(ends.ownerUrl, 'alter table kernel.event disable trigger event_append_only')
  await asked(ends.ownerUrl, `select setval('stock.movement_id_seq', 1)`)
  await asked(ends.ownerUrl, `update identity.person set name = 'Somebody'`)
  await asked(ends.ownerUrl, `update stock.balance set on_hand = on_hand + 1`)
  await storage.delete('issued/2.pdf')
  const { faults } = await verify({ ...ends, place, manifest, storageOf })
  await storage.put('issued/2.pdf', Buffer.from('invoice two'), pdf)
  for (const sign of [
    /^table identity\.person differs/,
    /^table stock\.balance differs/,
    /^guard lost.*event_append_only/,
    /^sequence lost.*movement_id_seq/,
    /balances differ from the ledger/,
    /^1 files of invoices are missing/,
  ]) {
    assert.ok(
      faults.some(fault => sign.test(fault)),
      `${sign} is not in ${faults.join('; ')}`,
    )
  }
})

test('an inhabited database, an unknown release and a broken part are refused', async () => {
  const migrations = allMigrations()
  const into = (ends: { ownerUrl: string; appUrl: string }, known = migrations) =>
    restore({ ...ends, place, migrations: known, say: quietly })
  await assert.rejects(into(web.own), /holds a pharmacy already/)
  await assert.rejects(into(await emptyDatabase(), migrations.slice(1)), /of release test/)
  const part = path.join(folder, 'backup/tables/stock.movement/00001.gz')
  const whole = await readFile(part)
  await writeFile(part, whole.subarray(0, whole.length - 20))
  const ends = await emptyDatabase()
  await assert.rejects(into(ends), { code: 'Z_BUF_ERROR' })
  await writeFile(part, whole)
  const [row] = await asked<{ rows: string }>(
    ends.ownerUrl,
    'select count(*) as rows from stock.batch',
  )
  assert.equal(Number(row?.rows), 0, 'a failed restore leaves no half')
})

test('a folder without a manifest is not a backup', async () => {
  await assert.rejects(readManifest(openPlace(path.join(folder, 's3'), storeOptions)), {
    code: 'ENOENT',
  })
})

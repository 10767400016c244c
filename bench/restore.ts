/**
 * How long a lost database takes to come back: `npm run bench -- restore [MB]`. Fills a durable
 * PostgreSQL of its own with invented events and audit rows until it has that size, then drills:
 * backup to a folder, restore into an empty database, comparison of every row. 2,000 MB unless told.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bootstrapDatabase } from '@janta/tools/postgres/bootstrap'
import { startPostgres } from '@janta/tools/postgres/index'
import pg from 'pg'
import { drill, openPlace } from '../apps/server/src/backup/index.ts'
import { migrate, migrateJobs } from '../apps/server/src/kernel/migrate.ts'
import { allMigrations } from '../apps/server/src/migrations.ts'

const megabytes = Number(process.argv[2] ?? 2_000)
const minutesMax = 10
const rowsAtOnce = 50_000
const roundsMax = 1_000

const say = (line: string) => process.stdout.write(`${line}\n`)

const events = `
  insert into kernel.event (id, name, payload, request_id)
  select gen_random_uuid(), 'bench.event_' || chr(97 + (i % 26)::int), jsonb_build_object(
    'orderId', gen_random_uuid(), 'lines', (select jsonb_agg(jsonb_build_object(
      'packId', gen_random_uuid(), 'quantity', line, 'pricePaise', 4950)) from generate_series(1, 3) line)),
    'bench ' || i
  from generate_series(1, ${rowsAtOnce}) i`
const acts = `
  insert into audit.entry (id, action, request_id)
  select gen_random_uuid(), 'bench.act', 'bench ' || i from generate_series(1, ${rowsAtOnce}) i`

async function fill(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (let round = 1; round <= roundsMax; round++) {
      await client.query(events)
      await client.query(acts)
      const { rows } = await client.query<{ bytes: string }>(
        'select pg_database_size(current_database()) as bytes',
      )
      const size = Number(rows[0]?.bytes) / 1e6
      if (size >= megabytes) return size
    }
    throw new Error(`${megabytes} MB were not reached in ${roundsMax} rounds`)
  } finally {
    await client.end()
  }
}

const folder = await mkdtemp(path.join(tmpdir(), 'janta-bench-restore-'))
const postgres = await startPostgres({ dir: path.join(folder, 'postgres'), durable: true })
try {
  const migrations = allMigrations()
  const source = await bootstrapDatabase(postgres.adminUrl, 'bench_source')
  const target = await bootstrapDatabase(postgres.adminUrl, 'bench_target')
  await migrate(source.DATABASE_OWNER_URL, migrations)
  await migrateJobs(source.DATABASE_OWNER_URL, source.DATABASE_URL)
  const size = await fill(source.DATABASE_OWNER_URL)
  say(`filled to ${size.toFixed(0)} MB`)
  const report = await drill({
    ownerUrl: source.DATABASE_OWNER_URL,
    appUrl: source.DATABASE_URL,
    target: { ownerUrl: target.DATABASE_OWNER_URL, appUrl: target.DATABASE_URL },
    place: openPlace(path.join(folder, 'backup'), { region: 'ap-south-1' }),
    release: 'bench',
    migrations,
    stores: [],
    storageOf: () => {
      throw new Error('there are no files in this drill')
    },
    say,
  })
  say(JSON.stringify(report, null, 2))
  const seconds = report.backupSeconds + report.restoreSeconds + report.verifySeconds
  say(`${seconds.toFixed(1)} s for ${size.toFixed(0)} MB, ${minutesMax} min allowed`)
  if (report.faults.length > 0 || seconds > minutesMax * 60) process.exitCode = 1
} finally {
  await postgres.stop()
  await pause(200)
  await rm(folder, { recursive: true, force: true })
}

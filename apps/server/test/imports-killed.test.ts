import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { ImportRun } from '@janta/contracts'
import { sql } from 'kysely'
import { syncSubscriptions } from '#kernel/migrate'
import { type ImportDesk, openImportDesk, send, until, upload } from './imports-for-tests.ts'
import { api } from './web-for-tests.ts'

const rows = 30_000
const list = gzipSync(
  [
    'name,manufacturer,pack,composition,mrp',
    ...Array.from(
      { length: rows },
      (_, at) =>
        `Testlist ${at} Tablet,Maker ${at % 50},strip of 10 tablets,Paracetamol (650mg),${10 + (at % 90)}`,
    ),
  ].join('\n'),
)

let desk: ImportDesk
let worker: ChildProcess | undefined
before(async () => {
  desk = await openImportDesk()
  const subscription = { event: 'imports.import_moved', task: 'imports.drive' }
  await syncSubscriptions(desk.own.ownerUrl, [subscription])
})
after(async () => {
  await killWorker()
  await desk.close()
})

function startWorker(): void {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  worker = spawn(process.execPath, [main, 'worker', '--only=imports'], {
    env: { PATH: process.env['PATH'], ...desk.environment },
    stdio: 'inherit',
  })
}

/** Without a word, as a machine dies. */
async function killWorker(): Promise<void> {
  if (!worker || worker.exitCode !== null || worker.signalCode !== null) return
  worker.kill('SIGKILL')
  await once(worker, 'exit')
}

/** Kills the worker once it is in the middle of its work. */
async function killInTheMiddle(id: string, done: (run: ImportRun) => number): Promise<void> {
  for (let tries = 0; ; tries++) {
    const count = done(await send<ImportRun>(desk, api.getImport, { id }))
    if (count > 0) {
      await killWorker()
      assert(count < rows, 'the worker was done before it could be killed')
      return
    }
    assert(tries < 6_000, 'the worker did not begin')
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

/** Time passes, and the clock's job looks for imports that stand still. */
async function resume(minutes: number): Promise<void> {
  await desk.own.moveClock(`${minutes} minutes`)
  startWorker()
  await sql`select graphile_worker.add_job('imports.resume')`.execute(desk.own.database.db)
}

test('a worker killed in the middle of checking and of storing leaves an import that goes on, once', async () => {
  startWorker()
  const id = await upload(desk, { kind: 'catalogue_list', source: 'Long list', bytes: list })
  const read = await until(desk, id, 'mapping')
  await send(desk, api.checkImport, { id, body: { mapping: read.mapping } })
  await killInTheMiddle(id, run => run.rows.read)
  await resume(1)
  const checked = await until(desk, id, 'checked')
  assert.deepEqual(checked.rows, { read: rows, good: rows, noticed: 0, bad: 0, stored: 0 })

  const choice = { chosen: 'all', lines: [], sameFileAgain: false }
  await send(desk, api.commitImport, { id, body: choice })
  await killInTheMiddle(id, run => run.rows.stored)
  await resume(2)
  const done = await until(desk, id, 'committed')
  assert.deepEqual([done.rows.stored, done.added, done.changed], [rows, rows, 0])
  const { rows: counts } = await sql<{ packs: number; prices: number }>`
    select (select count(*) from catalogue.pack)::int as packs,
      (select count(*) from catalogue.price)::int as prices`.execute(desk.own.database.db)
  assert.deepEqual(counts, [{ packs: rows, prices: rows }])
})

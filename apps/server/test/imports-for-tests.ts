import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { api, type ImportKind, type ImportRun, type ImportState } from '@janta/contracts'
import { startLocalS3 } from '@janta/tools/s3/index'
import { openCache } from '#kernel/cache'
import { loadConfig } from '#kernel/config'
import { type Files, openFiles } from '#kernel/files'
import type { Surroundings } from '#kernel/module'
import { openLog } from '#kernel/log'
import { openStorage } from '#kernel/storage'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { loadSamplePeople } from '#modules/identity'
import { compose } from '../src/compose.ts'
import { openWeb } from '../src/web.ts'
import { Browser, mobileOf, publicUrl } from './web-for-tests.ts'

const access = { accessKeyId: 'local-key', secretAccessKey: 'local-secret' }

/** The API with a real file store, and an administrator at a browser. */
export interface ImportDesk {
  readonly own: TestDatabase
  readonly files: Files
  readonly surroundings: Surroundings
  readonly admin: Browser
  /** What a worker process needs to work for this desk. */
  readonly environment: Record<string, string>
  close(): Promise<void>
}

export async function openImportDesk(): Promise<ImportDesk> {
  const own = await testDatabase()
  const root = await mkdtemp(join(tmpdir(), 'janta-imports-'))
  const s3 = await startLocalS3({ root, ...access, buckets: ['files'] })
  const environment = {
    JANTA_MODE: 'test',
    PUBLIC_URL: publicUrl,
    DATABASE_URL: own.appUrl,
    S3_BUCKET: 'files',
    S3_ENDPOINT: s3.endpoint,
    S3_ACCESS_KEY_ID: access.accessKeyId,
    S3_SECRET_ACCESS_KEY: access.secretAccessKey,
    SECRET_KEY: 'the secret key of the tests, long enough',
    LOG_LEVEL: 'error',
  }
  const config = loadConfig(environment)
  const storage = openStorage(config.storage)
  const files = openFiles(config.storage)
  const log = openLog({ level: 'error', service: 'test' }, { write: () => undefined })
  const cache = openCache({ release: 'test' })
  const surroundings = { config, database: own.database, storage, files, cache }
  const app = await openWeb(surroundings, log)
  await loadSamplePeople(own.database)
  const admin = await new Browser(app).signIn(mobileOf.administrator)
  return {
    own,
    files,
    surroundings,
    admin,
    environment,
    async close() {
      await app.close()
      storage.close()
      files.close()
      await s3.stop()
      await own.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** Sends one of the import endpoints as the page does; answers what it says or throws its refusal's code. */
export async function send<T>(
  { admin }: ImportDesk,
  endpoint: Parameters<Browser['send']>[0],
  request: { id?: string; query?: Record<string, unknown>; body?: unknown } = {},
): Promise<T> {
  const answer = await admin.send(endpoint, {
    ...(request.id && { params: { id: request.id } }),
    ...(request.query && { query: request.query }),
    ...(request.body === undefined ? {} : { body: request.body }),
    ...(endpoint.idempotent && { idempotencyKey: randomUUID() }),
  })
  if (answer.statusCode >= 300) throw new Error(answer.json().code)
  return answer.json()
}

/** Begins an import and stores the file with the form it was given, as a browser does. */
export async function upload(
  desk: ImportDesk,
  list: { kind: ImportKind; source: string; bytes: Buffer; fileName?: string },
): Promise<string> {
  const { bytes, fileName = 'list.csv', kind, source } = list
  const { id, upload: form } = await send<{
    id: string
    upload: { url: string; fields: Record<string, string> }
  }>(desk, api.createImport, { body: { kind, source, fileName, bytes: bytes.length } })
  const body = new FormData()
  for (const [name, value] of Object.entries(form.fields)) body.append(name, value)
  body.append('file', new Blob([new Uint8Array(bytes)]), fileName)
  const stored = await fetch(form.url, { method: 'POST', body })
  assert.equal(stored.status, 204, await stored.text())
  await send(desk, api.readImport, { id })
  return id
}

const waitMsMax = 60_000

/** Waits for the worker to bring a run to this state. */
export async function until(desk: ImportDesk, id: string, state: ImportState): Promise<ImportRun> {
  for (let waited = 0; ; waited += 25) {
    const run = await send<ImportRun>(desk, api.getImport, { id })
    if (run.state === state) return run
    assert(waited < waitMsMax, `the import stayed ${run.state} (${run.sentence ?? ''})`)
    assert(run.state !== 'refused', run.sentence ?? 'refused')
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}

/** A worker that works when it is told to, and a person who answers at once. */
export interface HandWork {
  drive(id: string): Promise<void>
  look(id: string): Promise<ImportRun>
  /** Uploads, reads, checks by the guessed columns. */
  checked(list: Parameters<typeof upload>[1]): Promise<ImportRun>
  committed(id: string, body?: object): Promise<ImportRun>
  undone(id: string): Promise<ImportRun>
}

export function workByHand(desk: ImportDesk): HandWork {
  const { own, surroundings } = desk
  const subscriber = compose(surroundings)
    .find(one => one.name === 'imports')
    ?.subscribers?.find(one => one.task === 'imports.drive')
  assert(subscriber)
  const drive = (id: string) =>
    subscriber.run(own.database, { id, name: subscriber.event, payload: { id } })
  const look = (id: string) => send<ImportRun>(desk, api.getImport, { id })
  return {
    drive,
    look,
    async checked(list) {
      const id = await upload(desk, list)
      await drive(id)
      const read = await look(id)
      assert.equal(read.state, 'mapping', read.sentence ?? '')
      await send(desk, api.checkImport, { id, body: { mapping: read.mapping } })
      await drive(id)
      return look(id)
    },
    async committed(id, body = {}) {
      const choice = { chosen: 'all', lines: [], sameFileAgain: false, ...body }
      await send(desk, api.commitImport, { id, body: choice })
      await drive(id)
      return look(id)
    },
    async undone(id) {
      await send(desk, api.undoImport, { id })
      await drive(id)
      return look(id)
    },
  }
}

import { Readable } from 'node:stream'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { type FilePurpose, folderOf } from '#kernel/file-purpose'
import { migrationLock } from '#kernel/migrate'
import { listMax, type Storage } from '#kernel/storage'
import { type Addresses, type Ends, findAllSequences, openEnds } from './ends.ts'
import { findGuards } from './guards.ts'
import { type FilesBackup, format, type Manifest, manifestName } from './manifest.ts'
import { writeParts } from './parts.ts'
import type { Place } from './place.ts'
import { findTables, nameOf, type Table } from './tables.ts'

export interface BackUpOptions extends Addresses {
  readonly place: Place
  readonly release: string
  readonly stores: readonly { readonly purpose: FilePurpose; readonly storage: Storage }[]
  readonly say: (line: string) => void
}

/**
 * Copies every table to `place` as it was at one instant, whatever is written meanwhile, with what
 * is needed to prove a restore: rows, checksums, sequences, guards, migrations, the list of files.
 * Waits for running migrations and makes later ones wait.
 */
export async function backUp(options: BackUpOptions): Promise<Manifest> {
  const { place, release, stores, say } = options
  const ends = await openEnds(options)
  try {
    const at = await openSnapshot(ends)
    const found = await findTables(ends.owner)
    if (found.length === 0) throw new Error('There is no table to back up.')
    const tables = []
    for (const table of found) {
      const source = ends.of(table).query(to(copyText(table, 'to stdout')))
      tables.push({ ...table, ...(await writeParts(place, `tables/${nameOf(table)}`, source)) })
    }
    const files: FilesBackup[] = []
    for (const { purpose, storage } of stores) {
      const lines = Readable.from(listing(storage, folderOf[purpose]), { objectMode: false })
      files.push({ purpose, ...(await writeParts(place, `files/${purpose}`, lines)) })
    }
    const manifest: Manifest = {
      format,
      release,
      at,
      ...(await migrationState(ends)),
      tables,
      sequences: await findAllSequences(ends),
      guards: await findGuards(ends.owner),
      files,
    }
    await place.write(manifestName, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`))
    const rows = tables.reduce((sum, one) => sum + one.rows, 0)
    say(`Backed up ${tables.length} tables with ${rows} rows as of ${at}.`)
    return manifest
  } finally {
    await ends.close()
  }
}

/** Both roles see the same instant: the second takes the first one's snapshot. */
async function openSnapshot({ owner, app }: Ends): Promise<string> {
  await owner.query('begin isolation level repeatable read read only')
  await owner.query('select pg_advisory_xact_lock_shared($1)', [migrationLock])
  const { rows } = await owner.query<{ snapshot: string; at: string }>(
    'select pg_export_snapshot() as snapshot, kernel.now()::text as at',
  )
  const { snapshot = '', at = '' } = rows[0] ?? {}
  await app.query('begin isolation level repeatable read read only')
  await app.query(`set transaction snapshot ${pg.escapeLiteral(snapshot)}`)
  return at
}

export async function migrationState({ owner, app }: Ends) {
  const { rows: migrations } = await owner.query<{ name: string; checksum: string }>(
    'select name, checksum from kernel.migration order by name limit 10000',
  )
  const { rows } = await app.query<{ newest: number }>(
    'select max(id) as newest from graphile_worker.migrations',
  )
  return { migrations, jobsMigration: rows[0]?.newest ?? 0 }
}

/** COPY of a table's own columns; identifiers come from the catalogue and are quoted. */
export function copyText(table: Table, direction: 'to stdout' | 'from stdin'): string {
  const name = `${pg.escapeIdentifier(table.schema)}.${pg.escapeIdentifier(table.name)}`
  return `copy ${name} (${table.columns.map(pg.escapeIdentifier).join(', ')}) ${direction}`
}

/** One line a file: key, bytes, etag; in key order, a page at a time. */
export async function* listing(storage: Storage, folder: string): AsyncIterable<Buffer> {
  let after: string | undefined
  for (;;) {
    const page = { prefix: folder, max: listMax, ...(after === undefined ? {} : { after }) }
    const { files, isMore } = await storage.list(page)
    const lines = files.map(({ key, bytes, etag }) => `${JSON.stringify([key, bytes, etag])}\n`)
    if (lines.length > 0) yield Buffer.from(lines.join(''))
    after = files.at(-1)?.key
    if (!isMore || after === undefined) return
  }
}

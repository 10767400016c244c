import { to } from 'pg-copy-streams'
import { folderOf } from '#kernel/file-purpose'
import type { Storage } from '#kernel/storage'
import { copyText, listing } from './back-up.ts'
import { type Addresses, type Ends, findAllSequences, openEnds } from './ends.ts'
import { findGuards } from './guards.ts'
import type { FilesBackup, Manifest } from './manifest.ts'
import { measure, readParts } from './parts.ts'
import type { Place } from './place.ts'
import { findTables, nameOf } from './tables.ts'

export interface VerifyOptions extends Addresses {
  readonly place: Place
  readonly manifest: Manifest
  readonly storageOf: (purpose: FilesBackup['purpose']) => Storage
}

/** What was compared, and one sentence for each thing that differs. */
export interface Verdict {
  readonly tables: number
  readonly rows: number
  readonly bytes: number
  /** Tables whose rows nobody may change: ledger, registers, invoices, audit. */
  readonly appendOnly: number
  readonly guards: number
  readonly files: number
  readonly faults: readonly string[]
}

/**
 * Reads a restored database whole and compares it with the manifest: every row of every table, every
 * sequence, trigger, constraint and right, the ledger against its balances, and every file that the
 * listing names. To be run before anybody writes to it.
 */
export async function verify(options: VerifyOptions): Promise<Verdict> {
  const { manifest, place, storageOf } = options
  const ends = await openEnds(options)
  try {
    const guards = await findGuards(ends.owner)
    const { rows, bytes, faults } = await compareTables(ends, manifest)
    const files = await compareFiles(place, manifest.files, storageOf)
    return {
      tables: manifest.tables.length,
      rows,
      bytes,
      appendOnly: guards.filter(guard => guard.includes('refuse_change()')).length,
      guards: guards.length,
      files: files.compared,
      faults: [
        ...faults,
        ...differing('guard', manifest.guards, guards),
        ...differing('sequence', manifest.sequences, await findAllSequences(ends)),
        ...(await brokenInvariants(ends)),
        ...files.faults,
      ],
    }
  } finally {
    await ends.close()
  }
}

async function compareTables(ends: Ends, manifest: Manifest) {
  const found = new Map((await findTables(ends.owner)).map(table => [nameOf(table), table]))
  const faults: string[] = []
  let rows = 0
  let bytes = 0
  for (const expected of manifest.tables) {
    const name = nameOf(expected)
    const table = found.get(name)
    found.delete(name)
    if (!table) {
      faults.push(`table ${name} is missing`)
      continue
    }
    const is = await measure(ends.of(table).query(to(copyText(table, 'to stdout'))))
    rows += is.rows
    bytes += is.bytes
    if (is.sha256 !== expected.sha256) {
      faults.push(`table ${name} differs: ${is.rows} rows, ${expected.rows} in the backup`)
    }
  }
  return {
    rows,
    bytes,
    faults: [...faults, ...[...found.keys()].map(one => `table ${one} is new`)],
  }
}

function differing(kind: string, before: readonly unknown[], after: readonly unknown[]): string[] {
  const texts = (list: readonly unknown[]) => new Set(list.map(one => JSON.stringify(one)))
  const [was, is] = [texts(before), texts(after)]
  return [
    ...[...was.difference(is)].map(one => `${kind} lost: ${one}`),
    ...[...is.difference(was)].map(one => `${kind} new: ${one}`),
  ]
}

/** The books of the pharmacy must agree with themselves, not only with the backup. */
async function brokenInvariants({ owner }: Ends): Promise<string[]> {
  const { rows } = await owner.query('select from stock.discrepancy limit 100')
  return rows.length === 0 ? [] : [`${rows.length} balances differ from the ledger`]
}

async function compareFiles(
  place: Place,
  backups: readonly FilesBackup[],
  storageOf: VerifyOptions['storageOf'],
) {
  const faults: string[] = []
  let compared = 0
  for (const { purpose, parts, rows } of backups) {
    const there = new Set<string>()
    for await (const lines of listing(storageOf(purpose), folderOf[purpose])) {
      for (const line of lines.toString().split('\n')) there.add(line)
    }
    let missing = 0
    for await (const lines of readParts(place, `files/${purpose}`, parts)) {
      for (const line of lines.toString().split('\n')) {
        if (line !== '' && !there.has(line)) missing++
      }
    }
    compared += rows
    if (missing > 0) faults.push(`${missing} files of ${purpose} are missing or were changed`)
  }
  return { compared, faults }
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { digestOf } from './digest.ts'

// Migrating and loading the sample starts the whole server once, some two seconds of processor time. When neither
// the server nor the database changed since it was last done here, it would change nothing.

interface Prepared {
  /** Which database it was: a reset makes another one. */
  database: string
  /** What the server was made of. */
  digest: string
  /** What the sample printed about its ready people. */
  sample: string
}

const sources = ['apps/server/src/**', 'apps/server/sample/**', 'packages/contracts/src/**']

/** A fingerprint of everything that decides what preparing writes. */
export function preparationDigest(): string {
  return digestOf([...sources, 'package-lock.json'])
}

/** What the sample printed when this database was prepared by this server; undefined when it was not. */
export function findPrepared(home: string, database: string, digest: string): string | undefined {
  const last = readLast(home)
  return last?.database === database && last.digest === digest ? last.sample : undefined
}

export function rememberPrepared(home: string, prepared: Prepared): void {
  mkdirSync(home, { recursive: true })
  writeFileSync(stampFile(home), JSON.stringify(prepared))
}

// A stamp cut short by a crash only costs another preparation.
function readLast(home: string): Prepared | undefined {
  try {
    return JSON.parse(readFileSync(stampFile(home), 'utf8')) as Prepared
  } catch {
    return undefined
  }
}

function stampFile(home: string): string {
  return path.join(home, 'prepared.json')
}

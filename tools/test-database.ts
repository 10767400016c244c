import path from 'node:path'
import { startPostgres } from './postgres/index.ts'
import type { Postgres } from './postgres/index.ts'
import { jantaDir } from './project.ts'

/** The home of the cluster that every test of this checkout shares. */
export const testClusterDir = path.join(jantaDir, 'test-postgres')

let started: Promise<Postgres> | undefined

/**
 * The test cluster: a real PostgreSQL 17 without fsync, started by whoever asks first and shared by
 * every test file, however many start at once. `adminUrl` is a superuser's.
 *
 * It stays up between files. `npm test` stops it at its end; after single files run by hand it stays
 * for the next one, until `npm test` or `npm run reset`.
 */
export function testPostgres(): Promise<Postgres> {
  started ??= startPostgres({ dir: testClusterDir, durable: false })
  return started
}

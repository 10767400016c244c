import type { FilePurpose } from '#kernel/file-purpose'
import type { Written } from './parts.ts'
import type { Place } from './place.ts'
import type { Sequence, Table } from './tables.ts'

export const manifestName = 'manifest.json'

/** What the shape of a backup is called; restore refuses any other. */
export const format = 'janta-backup-1'

export interface TableBackup extends Table, Written {}

export interface FilesBackup extends Written {
  readonly purpose: FilePurpose
}

/** What was backed up, written last: without it there is no backup. */
export interface Manifest {
  readonly format: typeof format
  readonly release: string
  /** Database time of the one snapshot everything was read in. */
  readonly at: string
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[]
  /** How far the job tables' own migrations had come. */
  readonly jobsMigration: number
  readonly tables: readonly TableBackup[]
  readonly sequences: readonly Sequence[]
  readonly guards: readonly string[]
  /** Listings of the file stores; the files themselves stay where they are, versioned. */
  readonly files: readonly FilesBackup[]
}

export async function readManifest(place: Place): Promise<Manifest> {
  const found = JSON.parse((await place.read(manifestName)).toString()) as { format?: string }
  if (found.format !== format) {
    throw new Error(`The backup is ${found.format}; this release reads ${format}.`)
  }
  return found as Manifest
}

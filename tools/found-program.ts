import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const aptMs = 10 * 60_000

/** The first of these programs that is on PATH. */
export function onPath(names: string[], searched = process.env['PATH'] ?? ''): string | undefined {
  for (const name of names) {
    for (const folder of searched.split(path.delimiter).filter(one => one !== '')) {
      const file = path.join(folder, name)
      if (isExecutable(file)) return file
    }
  }
  return undefined
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Debian and Ubuntu machines where we may install something ourselves. */
export function mayUseApt(): boolean {
  return process.getuid?.() === 0 && onPath(['apt-get']) !== undefined
}

/** Installs a package of the distribution; throws with apt's words when it cannot. */
export async function aptInstall(name: string): Promise<void> {
  const options = { timeout: aptMs, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  await run('apt-get', ['update', '-qq'], options)
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], options)
}

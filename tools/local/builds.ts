import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { takeLock } from '../lock.mjs'
import { jantaDir, projectDir } from '../project.ts'
import { runOnce } from '../supervisor/run-once.ts'
import { Trouble } from '../trouble.ts'
import { digestOf } from './digest.ts'

export type App = 'shop' | 'counter'

const outputs: Record<App, string> = { shop: 'handler.js', counter: 'index.html' }
const shared = ['packages/*/src/**', 'packages/*/package.json', 'package-lock.json']
const own = ['src/**', 'static/**', '*.ts', '*.js', 'package.json', 'tsconfig.json']
const buildWaitMs = 10 * 60_000

/** Builds an app, unless what it is made of is what the last build was made of. */
export async function buildApp(app: App, say: (line: string) => void, signal?: AbortSignal) {
  const lock = await takeLock(`build ${app} ${projectDir}`, {
    waitMs: buildWaitMs,
    onWait: pid => say(`waiting for process ${pid}, which is building the ${app}`),
  })
  if (!lock)
    throw new Trouble(`Another build of the ${app} does not finish. Stop it and try again.`)
  try {
    if (isFresh(app)) return
    const startedAt = Date.now()
    say(`building the ${app} (again only when its sources change)`)
    const digest = sourceDigest(app)
    rmSync(stampFile(app), { force: true })
    await runScript(app, 'build', signal ? { signal } : {})
    mkdirSync(path.dirname(stampFile(app)), { recursive: true })
    writeFileSync(stampFile(app), digest)
    say(`built the ${app} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
  } finally {
    await lock.release()
  }
}

export function buildDir(app: App): string {
  return path.join(projectDir, 'apps', app, 'build')
}

export function isFresh(app: App): boolean {
  if (!existsSync(path.join(buildDir(app), outputs[app])) || !existsSync(stampFile(app)))
    return false
  return readFileSync(stampFile(app), 'utf8') === sourceDigest(app)
}

/** Runs a script of an app's package.json with our Node and the project's programs first on PATH. */
export async function runScript(
  app: App,
  script: 'build' | 'check',
  options: { signal?: AbortSignal; onLine?: (line: string) => void } = {},
): Promise<void> {
  const cwd = path.join(projectDir, 'apps', app)
  const { scripts } = JSON.parse(readFileSync(path.join(cwd, 'package.json'), 'utf8')) as {
    scripts?: Record<string, string>
  }
  const command = scripts?.[script]
  if (!command) throw new Trouble(`apps/${app}/package.json has no script "${script}".`)
  const programs = [path.dirname(process.execPath), path.join(projectDir, 'node_modules', '.bin')]
  const searched = [...programs, process.env['PATH'] ?? ''].join(path.delimiter)
  await runOnce({
    name: `${script} of the ${app}`,
    program: 'sh',
    args: ['-c', command],
    cwd,
    env: { ...process.env, PATH: searched },
    ...options,
  })
}

/** A fingerprint of everything a build is made of. */
export function sourceDigest(app: App): string {
  return digestOf([...own.map(pattern => `apps/${app}/${pattern}`), ...shared])
}

function stampFile(app: App): string {
  return path.join(jantaDir, 'builds', app)
}

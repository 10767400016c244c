/**
 * Does the release that runs now keep working on this change's schema?
 * `node tools/previous-release.ts [COMMIT]`. Checks the previous release out beside this one, gives
 * it this change's migrations and runs its own server tests on them. Expand first, contract a
 * release later: a rolling deploy runs both releases on one schema for minutes.
 */
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { projectDir } from './project.ts'
import { Trouble } from './trouble.ts'

export interface Comparison {
  /** The checkout with this change in it. */
  readonly project: string
  /** A commit or tag; otherwise the newest release before this commit. */
  readonly previous?: string | undefined
  readonly say: (line: string) => void
  /** Where the words of the previous release's own tests go. */
  readonly words: 'inherit' | 'ignore'
}

const migrationFiles = 'apps/server/src/**/migrations/*.sql'
// Its laws judge its own files and tables, which are no longer alone in this mixture.
const testFiles = ['apps/server/src/**/*.test.ts', 'apps/server/test/*.test.ts']

const git = (project: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd: project, encoding: 'utf8' }).trim()

/** The newest tag like v1.2.3 that this commit descends from, itself left out; undefined before the first. */
export function previousRelease(project: string): string | undefined {
  const here = git(project, 'rev-parse', 'HEAD')
  return git(project, 'tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname')
    .split('\n')
    .find(tag => tag !== '' && git(project, 'rev-parse', `${tag}^{commit}`) !== here)
}

/** True when the previous release's tests pass on this change's schema, or there is none yet. */
export async function previousWorks({
  project,
  previous,
  say,
  words,
}: Comparison): Promise<boolean> {
  const release = previous ?? previousRelease(project)
  if (release === undefined) {
    say('There is no release yet: nothing runs that a migration could break.')
    return true
  }
  const commit = git(project, 'rev-parse', '--verify', `${release}^{commit}`)
  const folder = mkdtempSync(path.join(tmpdir(), 'janta-previous-'))
  const place = path.join(folder, 'release')
  git(project, 'worktree', 'add', '--detach', '--quiet', place, commit)
  try {
    const added = bringMigrations(project, place)
    say(`${release} with ${added.length} migrations of this change: ${added.join(', ')}`)
    if (existsSync(path.join(place, 'package-lock.json'))) {
      await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], place, words)
    }
    const tests = globSync(testFiles, { cwd: place }).sort()
    if (tests.length === 0) throw new Trouble(`${release} has no server tests to run.`)
    return (await run('npm', ['test', '--', ...tests], place, words)) === 0
  } finally {
    git(project, 'worktree', 'remove', '--force', place)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A migration that ran is never changed or lost; new ones are laid beside the old. Returns the new ones. */
function bringMigrations(project: string, place: string): string[] {
  const now = globSync(migrationFiles, { cwd: project }).sort()
  const before = new Set(globSync(migrationFiles, { cwd: place }))
  const lost = [...before].filter(file => !now.includes(file))
  if (lost.length > 0) throw new Trouble(`${lost.join(', ')} ran already and may not be removed.`)
  for (const file of now) {
    mkdirSync(path.dirname(path.join(place, file)), { recursive: true })
    cpSync(path.join(project, file), path.join(place, file))
  }
  return now.filter(file => !before.has(file))
}

function run(program: string, args: string[], cwd: string, words: Comparison['words']) {
  // The runner that calls us would otherwise take the tests it starts for its own.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', words, words] })
  return new Promise<number>((done, fail) => {
    child.once('error', fail)
    child.once('exit', code => done(code ?? 1))
  })
}

if (import.meta.main) {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const works = await previousWorks({
    project: projectDir,
    previous: process.argv[2],
    say,
    words: 'inherit',
  })
  say(works ? 'The previous release works on this schema.' : 'This change breaks what runs now.')
  process.exitCode = works ? 0 : 1
}

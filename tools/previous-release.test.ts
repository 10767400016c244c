import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import { previousRelease, previousWorks } from './previous-release.ts'
import { projectDir } from './project.ts'
import { testPostgres } from './test-database.ts'

const migrations = 'apps/server/src/modules/shelf/migrations'
const quietly = () => undefined

/** The whole server of a tiny release: one table, and a test that writes and reads a row of it. */
const shelfTest = `
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import pg from 'pg'

test('a batch is put on the shelf and found again', async () => {
  const client = new pg.Client({ connectionString: process.env.PLANTED_DATABASE_URL })
  await client.connect()
  await client.query('begin')
  const folder = new URL('./migrations/', import.meta.url)
  const files = globSync('*.sql', { cwd: folder }).sort()
  assert.ok(files.length >= 1)
  for (const file of files) await client.query(readFileSync(new URL(file, folder), 'utf8'))
  try {
    await client.query("insert into shelf_batch (number, packs) values ('B1', 4)")
    const { rows } = await client.query('select number, packs from shelf_batch')
    assert.deepEqual(rows, [{ number: 'B1', packs: 4 }])
  } finally {
    await client.query('rollback')
    await client.end()
  }
})
`

interface Planted {
  readonly project: string
  readonly write: (file: string, text: string) => void
  readonly git: (...args: string[]) => void
}

/** A repository with one release, v1.0.0, made of the planted server. */
async function plantRepository(t: TestContext): Promise<Planted> {
  const project = mkdtempSync(path.join(tmpdir(), 'janta-planted-'))
  t.after(() => rmSync(project, { recursive: true, force: true }))
  const { adminUrl } = await testPostgres()
  process.env['PLANTED_DATABASE_URL'] = adminUrl
  const git = (...args: string[]) =>
    void execFileSync(
      'git',
      ['-c', 'user.name=Planted', '-c', 'user.email=planted@example.in', ...args],
      { cwd: project },
    )
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true })
    writeFileSync(path.join(project, file), text)
  }
  git('init', '--quiet')
  write(
    'package.json',
    JSON.stringify({ type: 'module', scripts: { test: `'${process.execPath}' --test` } }),
  )
  write(
    `${migrations}/0001-shelf.sql`,
    'create table shelf_batch (number text primary key, packs integer not null);',
  )
  write(`${migrations}/../put-on-shelf.test.ts`, shelfTest)
  // The planted release has no packages of its own.
  symlinkSync(path.join(projectDir, 'node_modules'), path.join(project, 'node_modules'))
  git('add', '.')
  git('commit', '--quiet', '-m', 'The first release')
  git('tag', 'v1.0.0')
  return { project, write, git }
}

const works = (project: string) => previousWorks({ project, say: quietly, words: 'ignore' })

test('before the first release nothing can be broken', async t => {
  const { project, git } = await plantRepository(t)
  assert.equal(previousRelease(project), undefined, 'the commit itself is not its own predecessor')
  assert.equal(await works(project), true)
  git('commit', '--quiet', '--allow-empty', '-m', 'More')
  assert.equal(previousRelease(project), 'v1.0.0')
})

test('a migration that only adds lets the previous release work on', async t => {
  const { project, write, git } = await plantRepository(t)
  write(`${migrations}/0002-rack.sql`, 'alter table shelf_batch add column rack text;')
  git('add', '.')
  git('commit', '--quiet', '-m', 'Remember the rack')
  assert.equal(await works(project), true)
})

test('a migration that takes away what the previous release uses is found, and nothing is left behind', async t => {
  const { project, write, git } = await plantRepository(t)
  write(`${migrations}/0002-units.sql`, 'alter table shelf_batch rename column packs to units;')
  git('add', '.')
  git('commit', '--quiet', '-m', 'Call packs units at once')
  assert.equal(await works(project), false)
  const worktrees = execFileSync('git', ['worktree', 'list'], { cwd: project, encoding: 'utf8' })
  assert.equal(worktrees.trim().split('\n').length, 1)
})

test('a migration that ran may not be removed', async t => {
  const { project, git } = await plantRepository(t)
  git('rm', '--quiet', `${migrations}/0001-shelf.sql`)
  git('commit', '--quiet', '-m', 'Lose the first migration')
  await assert.rejects(works(project), /may not be removed/)
})

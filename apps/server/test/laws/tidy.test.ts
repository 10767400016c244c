import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isCode,
  lengthOffences,
  readRepositoryFile,
  repositoryFiles,
  wordOffences,
} from './tidy.ts'

const files = repositoryFiles().filter(isCode)
// The law's own words would be found in the law.
const judged = files.filter(file => !file.startsWith('apps/server/test/laws/tidy'))

test('the laws read every file of the repository', () => {
  assert.ok(files.length > 150, `only ${files.length} files were read`)
})

test('no file is longer than 300 lines and no function longer than 70', () => {
  assert.deepEqual(
    judged.flatMap(file => lengthOffences(file, readRepositoryFile(file))),
    [],
  )
})

test('no banned word is left in the house', () => {
  assert.deepEqual(
    judged.flatMap(file => wordOffences(file, readRepositoryFile(file))),
    [],
  )
})

test('the law of length bites', () => {
  assert.equal(lengthOffences('a.css', 'a\n'.repeat(301)).length, 1)
  const long = `export function a() {\n${'  a()\n'.repeat(70)}}\n`
  assert.equal(lengthOffences('a.ts', long).length, 1)
  assert.deepEqual(lengthOffences('a.ts', 'export function a() {\n}\n'), [])
})

test('the law of words bites', () => {
  const planted = [
    '// TODO later',
    'test.skip(() => {})',
    'class StockManager {}',
    'try { a() } catch { }',
    'console.log(1)',
  ]
  for (const text of planted)
    assert.equal(wordOffences('apps/server/src/a.ts', text).length, 1, text)
  assert.deepEqual(wordOffences('a.ts', 'const batch = 1'), [])
})

test('no lockfile names where packages were downloaded from', () => {
  const lock = readRepositoryFile('package-lock.json')
  assert.ok(lock.length > 10_000)
  assert.doesNotMatch(lock, /"resolved": *"https?:/)
})

import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { projectDir } from '../project.ts'
import { noCounts, judge } from './run-tests.ts'
import { findTestFiles } from './test-files.ts'

const file = path.resolve('tools/a.test.ts')
const lines = (counts: object, all: object = counts) =>
  [
    { file, ...noCounts, ...counts },
    { ...noCounts, ...all },
  ]
    .map(one => JSON.stringify(one))
    .join('\n')

test('a run in which every file ran tests and all passed is good', () => {
  assert.deepEqual(judge(lines({ tests: 3, passed: 3 }), [file], true).faults, [])
})

test('a skipped, put-off or cancelled test is a fault though the runner calls it a success', () => {
  for (const kind of ['skipped', 'todo', 'cancelled']) {
    const { faults } = judge(lines({ tests: 3, passed: 2, [kind]: 1 }), [file], true)
    assert.deepEqual(faults, [`1 ${kind}: every test must run and pass.`])
  }
})

test('a file without a test, or a run that saw nothing, is a fault', () => {
  assert.deepEqual(judge(lines({}, { tests: 1, passed: 1 }), [file], true).faults, [
    `${file} ran no test.`,
  ])
  assert.ok(judge('', [file], true).faults.includes('No test ran at all.'))
})

test('a runner that failed without saying where is a fault', () => {
  assert.deepEqual(judge(lines({ tests: 1, passed: 1 }), [file], false).faults, [
    'The test runner failed.',
  ])
})

test('a named folder brings its tests, a named file itself, and a wrong name is said', () => {
  const here = path.relative(projectDir, import.meta.filename)
  assert.deepEqual(findTestFiles([here]).tests, [import.meta.filename])
  assert.ok(findTestFiles(['tools']).tests.includes(import.meta.filename))
  assert.throws(() => findTestFiles(['tools/nowhere']), /There is no tools\/nowhere/)
})

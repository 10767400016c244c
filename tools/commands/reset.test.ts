import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { test } from 'node:test'

const command = path.join(import.meta.dirname, 'reset.ts')

function reset(env: NodeJS.ProcessEnv, ...args: string[]) {
  return spawnSync(process.execPath, [command, ...args], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    input: '',
  })
}

test('reset refuses in production mode, even when told yes', () => {
  for (const env of [{ JANTA_MODE: 'production' }, { NODE_ENV: 'production' }]) {
    const { status, stderr, stdout } = reset(env, '--yes')
    assert.equal(status, 1)
    assert.match(stderr, /refuses to run in production mode/)
    assert.equal(stdout, '')
  }
})

test('reset says what it deletes and deletes nothing when nobody can be asked', () => {
  const { status, stderr, stdout } = reset({ JANTA_MODE: '', NODE_ENV: '' })
  assert.equal(status, 1)
  assert.match(stdout, /deletes .*\.janta/)
  assert.match(stderr, /npm run reset -- --yes/)
})

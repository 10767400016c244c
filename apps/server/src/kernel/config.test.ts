import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, loadConfig } from '#kernel/config'

const right = {
  JANTA_MODE: 'local',
  PUBLIC_URL: 'http://localhost:4000',
  DATABASE_URL: 'postgres://janta_app:secret@127.0.0.1:5432/janta',
  S3_BUCKET: 'janta-local',
  SECRET_KEY: 'thirty-two characters or longer!!',
}

const problemsOf = (env: Record<string, string | undefined>): readonly string[] => {
  try {
    loadConfig(env)
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.problems
  }
  return []
}

test('a complete environment is read with its defaults', () => {
  const config = loadConfig(right)
  assert.equal(config.port, 8080)
  assert.equal(config.poolMax, 10)
  assert.equal(config.storage.region, 'ap-south-1')
})

test('every wrong variable is named at once', () => {
  const problems = problemsOf({
    ...right,
    PORT: 'eighty',
    DATABASE_URL: 'mysql://here',
    SECRET_KEY: 'short',
    S3_BUCKET: undefined,
    JANTA_MODE: 'staging',
    DATABASE_CA_FILE: '/no/such/file',
  })
  const named = [
    'PORT',
    'DATABASE_URL',
    'SECRET_KEY',
    'S3_BUCKET',
    'JANTA_MODE',
    'DATABASE_CA_FILE',
  ]
  assert.equal(problems.length, named.length)
  for (const name of named)
    assert.ok(
      problems.some(one => one.startsWith(name)),
      name,
    )
})

test('a refusal names variables but never repeats a secret', () => {
  const said = problemsOf({
    ...right,
    DATABASE_URL: 'mysql://janta:hunter2@db',
    SECRET_KEY: 'hunter3',
  }).join('\n')
  assert.match(said, /DATABASE_URL/)
  assert.doesNotMatch(said, /hunter/)
})

test('production refuses plain http, because the session cookie would be dropped', () => {
  assert.deepEqual(problemsOf({ ...right, JANTA_MODE: 'production' }).length, 1)
  assert.deepEqual(
    problemsOf({ ...right, JANTA_MODE: 'production', PUBLIC_URL: 'https://pharmacy.example' }),
    [],
  )
})

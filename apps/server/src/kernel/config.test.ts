import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { rootCertificates } from 'node:tls'
import { ConfigError, loadConfig } from '#kernel/config'
import { filePurposes } from '#kernel/file-purpose'

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

test('each purpose has its own bucket where one is named, and the common one otherwise', () => {
  const { buckets } = loadConfig({ ...right, S3_BUCKET_INVOICES: 'janta-invoices' }).storage
  assert.equal(buckets.invoices, 'janta-invoices')
  assert.equal(buckets.prescriptions, 'janta-local')
  assert.deepEqual(Object.keys(buckets), filePurposes)
})

test('a file of authorities without a certificate is refused, so that TLS is never quietly unchecked', t => {
  const folder = mkdtempSync(path.join(tmpdir(), 'janta-authority-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'bundle.pem')
  for (const content of ['', '-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n']) {
    writeFileSync(file, content)
    const [problem = '', ...more] = problemsOf({ ...right, DATABASE_CA_FILE: file })
    assert.match(problem, /^DATABASE_CA_FILE/)
    assert.deepEqual(more, [])
  }
})

test('with an authority both database addresses demand a server it vouches for', () => {
  const authority = rootCertificates[0] ?? ''
  const folder = mkdtempSync(path.join(tmpdir(), 'janta-authority-'))
  const file = path.join(folder, 'bundle.pem')
  writeFileSync(file, `${authority}\n`)
  const config = loadConfig({
    ...right,
    DATABASE_OWNER_URL: 'postgres://janta_owner:secret@127.0.0.1:5432/janta',
    DATABASE_CA_FILE: file,
  })
  rmSync(folder, { recursive: true })
  for (const url of [config.databaseUrl, config.databaseOwnerUrl]) {
    assert.equal(new URL(url ?? '').searchParams.get('sslmode'), 'verify-full')
    assert.equal(new URL(url ?? '').searchParams.get('sslrootcert'), file)
  }
})

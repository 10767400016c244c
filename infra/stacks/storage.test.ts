import assert from 'node:assert/strict'
import { test } from 'node:test'
import { all, named } from '../checks/look.ts'
import { environments, launch } from '../environments.ts'
import { bucketName } from '../settings.ts'
import { at, listAt } from '../template.ts'

const type = 'AWS::S3::Bucket'
const bucket = (purpose: string) =>
  named(launch, type, 'BucketName', bucketName(launch, purpose)).properties

test('every bucket is private, encrypted, versioned, kept, and refuses plain HTTP', () => {
  for (const environment of Object.values(environments)) {
    const buckets = all(environment, type)
    assert.equal(buckets.length, 6)
    for (const { id, properties, deletionPolicy } of buckets) {
      assert.deepEqual(properties['PublicAccessBlockConfiguration'], {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      })
      assert.ok(properties['BucketEncryption'], id)
      assert.equal(at(properties, 'VersioningConfiguration', 'Status'), 'Enabled')
      assert.equal(deletionPolicy, 'Retain')
      assert.ok(listAt(properties, 'LifecycleConfiguration', 'Rules').length > 0, id)
    }
    const policies = all(environment, 'AWS::S3::BucketPolicy')
    assert.equal(policies.length, 6)
    for (const policy of policies) {
      const text = JSON.stringify(policy.properties)
      assert.match(text, /"aws:SecureTransport":"false"/)
      assert.match(text, /"s3:TlsVersion"|"NumericLessThan"/)
    }
  }
})

test('patient papers are under their own key, and it is turned every year', () => {
  for (const purpose of ['quarantine', 'prescriptions', 'invoices', 'reports']) {
    const rule = at(bucket(purpose), 'BucketEncryption', 'ServerSideEncryptionConfiguration', 0)
    assert.equal(at(rule, 'ServerSideEncryptionByDefault', 'SSEAlgorithm'), 'aws:kms')
    assert.match(JSON.stringify(rule), /RecordsKey/)
    assert.equal(at(rule, 'BucketKeyEnabled'), true)
  }
  const keys = all(launch, 'AWS::KMS::Key')
  assert.equal(keys.length, 2)
  for (const { properties } of keys) assert.equal(properties['EnableKeyRotation'], true)
})

const expires = (purpose: string) =>
  Number(at(bucket(purpose), 'LifecycleConfiguration', 'Rules', 0, 'ExpirationInDays'))
const lockedDays = (purpose: string) =>
  Number(at(bucket(purpose), 'ObjectLockConfiguration', 'Rule', 'DefaultRetention', 'Days'))

test('prescriptions are kept five years and more, invoices eight, uploads a week', () => {
  assert.ok(expires('prescriptions') >= 5 * 365)
  assert.ok(expires('invoices') >= 8 * 365)
  assert.equal(expires('quarantine'), 7)
  assert.equal(expires('reports'), 400)
  assert.ok(expires('logs') >= 365)
})

test('nobody deletes a prescription within two years or an invoice within eight', () => {
  for (const [purpose, years] of [
    ['prescriptions', 2],
    ['invoices', 8],
  ] as const) {
    assert.ok(lockedDays(purpose) >= years * 365, purpose)
    assert.ok(lockedDays(purpose) < expires(purpose), `${purpose} would be forgotten while locked`)
    assert.equal(
      at(bucket(purpose), 'ObjectLockConfiguration', 'Rule', 'DefaultRetention', 'Mode'),
      'GOVERNANCE',
    )
  }
})

test('a browser may post an upload from our two sites and from nowhere else', () => {
  const [rule, ...more] = listAt(bucket('quarantine'), 'CorsConfiguration', 'CorsRules')
  assert.equal(more.length, 0)
  assert.deepEqual(at(rule, 'AllowedMethods'), ['POST'])
  assert.deepEqual(at(rule, 'AllowedOrigins'), [
    `https://${launch.hosts.shop}`,
    `https://${launch.hosts.counter}`,
  ])
  for (const other of ['prescriptions', 'invoices', 'reports', 'assets', 'logs']) {
    assert.equal(at(bucket(other), 'CorsConfiguration'), undefined)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { all, named, only } from '../checks/look.ts'
import { environments, launch } from '../environments.ts'
import { bucketName } from '../settings.ts'
import { at, listAt } from '../template.ts'

const type = 'AWS::S3::Bucket'
const bucket = (purpose: string) =>
  named(launch, type, 'BucketName', bucketName(launch, purpose)).properties

test('every bucket is private, encrypted, versioned, kept, and refuses plain HTTP', () => {
  for (const environment of Object.values(environments)) {
    const buckets = all(environment, type)
    const copies = environment.copyTo ? 3 : 0
    assert.equal(buckets.length, 8 + copies)
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
    assert.equal(policies.length, 8 + copies)
    for (const policy of policies) {
      const text = JSON.stringify(policy.properties)
      assert.match(text, /"aws:SecureTransport":"false"/)
      assert.match(text, /"s3:TlsVersion"|"NumericLessThan"/)
    }
  }
})

test('patient papers are under their own key, and it is turned every year', () => {
  for (const purpose of ['quarantine', 'prescriptions', 'invoices', 'reports', 'backups']) {
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

test('who opens or writes a prescription or an invoice stands in a trail nobody can shorten', () => {
  for (const environment of Object.values(environments)) {
    const { properties } = only(environment, 'AWS::CloudTrail::Trail')
    assert.equal(properties['EnableLogFileValidation'], true)
    assert.equal(properties['IsMultiRegionTrail'], true)
    const seen = JSON.stringify(properties['EventSelectors'])
    for (const part of ['Quarantine', 'Prescriptions', 'Invoices'])
      assert.match(seen, new RegExp(part))
    assert.match(seen, /"ReadWriteType":"All"/)
    assert.match(JSON.stringify(properties['S3BucketName']), /TrailFiles/)
  }
  assert.ok(lockedDays('trail') >= 365)
  assert.ok(expires('trail') >= lockedDays('trail'))
})

test('a night’s backup cannot be deleted for 35 days, and is not kept for ever', () => {
  assert.equal(lockedDays('backups'), 35)
  assert.equal(expires('backups'), 35)
})

test('records leave the region only when asked, only to Hyderabad, and no deletion follows them', () => {
  for (const environment of [launch, environments.pilot]) {
    for (const { properties } of all(environment, type)) {
      assert.equal(properties['ReplicationConfiguration'], undefined)
    }
  }
  const { copyTo } = environments.scaled
  assert.equal(copyTo?.region, 'ap-south-2', 'health data stays in India')
  const copying = all(environments.scaled, type).filter(
    one => one.properties['ReplicationConfiguration'],
  )
  assert.equal(copying.length, 3)
  for (const { properties } of copying) {
    const [rule, ...more] = listAt(properties, 'ReplicationConfiguration', 'Rules')
    assert.equal(more.length, 0)
    assert.equal(at(rule, 'DeleteMarkerReplication', 'Status'), 'Disabled')
    const target = String(at(rule, 'Destination', 'Bucket')).replace('arn:aws:s3:::', '')
    const there = named(environments.scaled, type, 'BucketName', target)
    assert.match(there.id, /^copy\//)
    assert.deepEqual(
      at(there.properties, 'ObjectLockConfiguration'),
      at(properties, 'ObjectLockConfiguration'),
    )
  }
})

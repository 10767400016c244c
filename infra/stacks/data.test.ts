import assert from 'node:assert/strict'
import { test } from 'node:test'
import { all, find, only } from '../checks/look.ts'
import { environments, launch, pilot, scaled } from '../environments.ts'
import { at, listAt } from '../template.ts'

test('the database is PostgreSQL 17, private, encrypted, protected, restorable to any second of 14 days', () => {
  for (const environment of Object.values(environments)) {
    const [primary] = all(environment, 'AWS::RDS::DBInstance')
    const { properties, deletionPolicy } = primary as NonNullable<typeof primary>
    assert.match(String(properties['EngineVersion']), /^17\./)
    assert.equal(properties['PubliclyAccessible'], false)
    assert.equal(properties['StorageEncrypted'], true)
    assert.equal(properties['DeletionProtection'], true)
    assert.equal(properties['BackupRetentionPeriod'], 14)
    assert.equal(properties['DeleteAutomatedBackups'], false)
    assert.equal(properties['EnablePerformanceInsights'], true)
    assert.equal(deletionPolicy, 'Snapshot')
  }
})

test('the database stands in two zones at launch, and in one for the pilot', () => {
  assert.equal(only(launch, 'AWS::RDS::DBInstance').properties['MultiAZ'], true)
  assert.equal(only(pilot, 'AWS::RDS::DBInstance').properties['MultiAZ'], false)
})

test('a connection without TLS is refused, and no bound value is logged', () => {
  const parameters = at(only(launch, 'AWS::RDS::DBParameterGroup').properties, 'Parameters')
  assert.equal(at(parameters, 'rds.force_ssl'), '1')
  assert.equal(at(parameters, 'log_parameter_max_length'), '0')
  assert.equal(at(parameters, 'log_parameter_max_length_on_error'), '0')
})

test('RDS keeps the master password itself: no template and no secret of ours holds it', () => {
  const { properties } = only(launch, 'AWS::RDS::DBInstance')
  assert.equal(properties['ManageMasterUserPassword'], true)
  assert.equal(properties['MasterUserPassword'], undefined)
  for (const secret of all(launch, 'AWS::SecretsManager::Secret')) {
    assert.equal(secret.properties['SecretString'], undefined)
    assert.ok(secret.properties['KmsKeyId'])
    assert.equal(secret.deletionPolicy, 'Retain')
  }
})

test('cache, replica, firewall and extra workers are off at launch and one setting each', () => {
  for (const environment of [launch, pilot]) {
    assert.equal(find(environment, 'AWS::ElastiCache::ReplicationGroup').length, 0)
    assert.equal(find(environment, 'AWS::WAFv2::WebACL').length, 0)
    only(environment, 'AWS::RDS::DBInstance')
  }
  const cache = { ...launch, hasCache: true }
  assert.equal(only(cache, 'AWS::ElastiCache::ReplicationGroup').properties['Engine'], 'valkey')
  const firewall = { ...launch, hasFirewall: true }
  assert.equal(listAt(only(firewall, 'AWS::WAFv2::WebACL').properties, 'Rules').length, 3)
  only(firewall, 'AWS::WAFv2::WebACLAssociation')
  const replica = { ...launch, database: { ...launch.database, hasReplica: true } }
  assert.equal(all(replica, 'AWS::RDS::DBInstance').length, 2)
})

test('the cache is encrypted at rest and on the wire, and a replica is not public either', () => {
  const cache = only(scaled, 'AWS::ElastiCache::ReplicationGroup').properties
  assert.equal(cache['TransitEncryptionEnabled'], true)
  assert.equal(cache['AtRestEncryptionEnabled'], true)
  const replica = all(scaled, 'AWS::RDS::DBInstance').find(
    instance => instance.properties['SourceDBInstanceIdentifier'],
  )
  assert.equal(replica?.properties['PubliclyAccessible'], false)
  assert.equal(replica?.properties['DeletionProtection'], true)
})

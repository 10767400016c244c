import assert from 'node:assert/strict'
import { test } from 'node:test'
import { all, named, only } from '../checks/look.ts'
import { environments } from '../environments.ts'
import { at, listAt } from '../template.ts'

const every = Object.values(environments)

test('an image is searched when it is pushed, never replaced under its name, and kept for going back', () => {
  for (const environment of every) {
    const repositories = all(environment, 'AWS::ECR::Repository')
    assert.deepEqual(
      repositories.map(one => one.properties['RepositoryName']),
      [`janta-${environment.name}-server`, `janta-${environment.name}-shop`],
    )
    for (const { properties, deletionPolicy } of repositories) {
      assert.equal(at(properties, 'ImageScanningConfiguration', 'ScanOnPush'), true)
      assert.equal(properties['ImageTagMutability'], 'IMMUTABLE')
      assert.equal(deletionPolicy, 'Retain')
      const policy = String(at(properties, 'LifecyclePolicy', 'LifecyclePolicyText'))
      assert.match(policy, /"countNumber":20\b/)
    }
  }
})

test('who previews a change may read what is deployed and nothing else', () => {
  for (const environment of every) {
    const role = named(
      environment,
      'AWS::IAM::Role',
      'RoleName',
      `janta-${environment.name}-preview`,
    )
    const trust = at(role.properties, 'AssumeRolePolicyDocument', 'Statement', 0)
    assert.equal(
      at(trust, 'Condition', 'StringEquals', 'token.actions.githubusercontent.com:sub'),
      `repo:${environment.repository}:environment:${environment.name}-preview`,
    )
    const own = all(environment, 'AWS::IAM::Policy').filter(one => one.id.includes('/PreviewRole'))
    const [grant, ...more] = own.flatMap(one =>
      listAt(one.properties, 'PolicyDocument', 'Statement'),
    )
    assert.equal(more.length, 0)
    assert.equal(at(grant, 'Action'), 'sts:AssumeRole')
    assert.match(String(at(grant, 'Resource')), /:role\/cdk-hnb659fds-lookup-role-/)
  }
})

test('the account trusts GitHub’s identities, of whom every role names its own', () => {
  for (const environment of every) {
    const provider = only(environment, 'AWS::IAM::OIDCProvider').properties
    assert.match(JSON.stringify(provider), /token\.actions\.githubusercontent\.com/)
  }
})

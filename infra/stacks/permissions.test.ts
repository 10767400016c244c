import assert from 'node:assert/strict'
import { test } from 'node:test'
import { all, named } from '../checks/look.ts'
import { filePurposes, folderOf } from '../../apps/server/src/kernel/file-purpose.ts'
import { environments, launch } from '../environments.ts'
import { at, listAt } from '../template.ts'
import { folders } from './permissions.ts'

interface Statement {
  readonly actions: string[]
  readonly resources: string[]
  readonly conditions: unknown
}

/** What a role may do, by the id of its policy. */
function statementsOf(part: string, environment = launch): Statement[] {
  return all(environment, 'AWS::IAM::Policy')
    .filter(policy => policy.id.includes(part))
    .flatMap(policy => listAt(policy.properties, 'PolicyDocument', 'Statement'))
    .map(statement => ({
      actions: [at(statement, 'Action')].flat().map(String),
      resources: [at(statement, 'Resource')]
        .flat()
        .map(each => (typeof each === 'string' ? each : JSON.stringify(each))),
      conditions: at(statement, 'Condition'),
    }))
}

test('no role has an action with a star in it', () => {
  for (const environment of Object.values(environments)) {
    const statements = statementsOf('/', environment)
    assert.ok(statements.length > 20)
    for (const { actions } of statements) {
      for (const action of actions) assert.doesNotMatch(action, /\*/)
    }
  }
})

test('every task has two roles of its own, and the shop and the migration may touch nothing', () => {
  const roles = all(launch, 'AWS::IAM::Role').map(role => String(role.properties['RoleName']))
  for (const task of ['api', 'worker', 'shop', 'migrate', 'backup']) {
    assert.ok(roles.includes(`janta-launch-${task}-task`), task)
    assert.ok(roles.includes(`janta-launch-${task}-start`), task)
  }
  assert.deepEqual(statementsOf('/ShopTaskRole'), [])
  assert.deepEqual(statementsOf('/MigrateTaskRole'), [])
})

test('the API may write only into quarantine, and never read what a stranger sent', () => {
  const s3 = statementsOf('/ApiTaskRole').filter(({ actions }) => actions[0]?.startsWith('s3:'))
  assert.ok(s3.length > 0)
  const [listed, ...more] = s3.filter(({ actions }) => actions.includes('s3:ListBucket'))
  assert.deepEqual(more, [])
  assert.ok(listed && !listed.resources.join().includes('-quarantine-'))
  for (const { actions, resources } of s3.filter(one => one !== listed)) {
    for (const resource of resources) {
      const isQuarantine = resource.includes('-quarantine-')
      assert.deepEqual(actions, [isQuarantine ? 's3:PutObject' : 's3:GetObject'], resource)
      assert.match(resource, /\/[a-z]+\/\*$/, 'A grant names a folder of a bucket.')
    }
  }
})

test('the worker may not delete an invoice, and nobody may lift a lock', () => {
  const worker = statementsOf('/WorkerTaskRole')
  const deletes = worker.filter(({ actions }) => actions.includes('s3:DeleteObject'))
  assert.ok(deletes.length > 0)
  assert.ok(!JSON.stringify(deletes).includes('-invoices-'))
  assert.ok(!JSON.stringify(statementsOf('/')).includes('BypassGovernanceRetention'))
})

test('the records key opens through S3 alone, the secrets key through Secrets Manager alone', () => {
  const kms = [...statementsOf('TaskRole'), ...statementsOf('StartRole')].filter(({ actions }) =>
    actions.some(action => action.startsWith('kms:')),
  )
  assert.ok(kms.length >= 5)
  for (const { conditions, resources } of kms) {
    const via = String(at(conditions, 'StringEquals', 'kms:ViaService'))
    const key = resources.join().includes('RecordsKey') ? 's3' : 'secretsmanager'
    assert.equal(via, `${key}.ap-south-1.amazonaws.com`)
  }
})

test('the start role of a task may read the secrets of that task alone', () => {
  const secretsOf = (part: string) =>
    new Set(
      statementsOf(part)
        .filter(({ actions }) => actions.includes('secretsmanager:GetSecretValue'))
        .flatMap(({ resources }) => resources)
        .map(resource => /Ref([A-Za-z]+?)[0-9A-F]{8}/.exec(resource)?.[1]),
    )
  const application = new Set(['Application', 'DatabaseUrl'])
  const paying = new Set([...application, 'Payments'])
  assert.deepEqual(secretsOf('/ApiStartRole'), paying)
  assert.deepEqual(secretsOf('/WorkerStartRole'), paying)
  assert.deepEqual(secretsOf('/BackupStartRole'), new Set([...application, 'DatabaseOwnerUrl']))
  assert.deepEqual(secretsOf('/MigrateStartRole'), new Set([...application, 'DatabaseOwnerUrl']))
  assert.deepEqual(secretsOf('/ShopStartRole'), new Set())
})

test('GitHub borrows the release role for an hour, from one repository and one environment', () => {
  for (const environment of Object.values(environments)) {
    const role = named(
      environment,
      'AWS::IAM::Role',
      'RoleName',
      `janta-${environment.name}-release`,
    )
    assert.equal(role.properties['MaxSessionDuration'], 3600)
    const trust = at(role.properties, 'AssumeRolePolicyDocument', 'Statement', 0)
    assert.equal(at(trust, 'Action'), 'sts:AssumeRoleWithWebIdentity')
    assert.deepEqual(at(trust, 'Condition', 'StringEquals'), {
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': `repo:${environment.repository}:environment:${environment.name}`,
    })
  }
})

test('a release replaces programs and files, and nothing of network, data or permission', () => {
  const actions = statementsOf('/ReleaseRole').flatMap(statement => statement.actions)
  assert.ok(actions.includes('ecs:UpdateService'))
  for (const action of actions) {
    assert.match(action, /^(ecr|ecs|s3|ssm|cloudfront):|^iam:PassRole$/)
    assert.doesNotMatch(action, /Delete(Repository|Service|Cluster|Bucket)/)
  }
  assert.doesNotMatch(
    JSON.stringify(statementsOf('/ReleaseRole')),
    /-(prescriptions|invoices|quarantine|reports)-/,
  )
})

test('no user and no access key is made', () => {
  for (const environment of Object.values(environments)) {
    const types = new Set(all(environment, 'AWS::IAM::Role').map(role => role.id))
    assert.ok(types.size > 5)
    assert.throws(() => all(environment, 'AWS::IAM::User'))
    assert.throws(() => all(environment, 'AWS::IAM::AccessKey'))
  }
})

test('the folders that are granted are the folders the server keeps its files in', () => {
  assert.deepEqual(folders, folderOf)
  assert.ok(filePurposes.length >= 5)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aws_ec2 as ec2, aws_rds as rds, Stack } from 'aws-cdk-lib'
import { environments } from '../environments.ts'
import { prefixOf } from '../settings.ts'
import { createApp } from '../stacks/build.ts'
import { reportOf, validate } from '../synth.ts'
import { acknowledgements } from './acknowledgements.ts'

for (const environment of Object.values(environments)) {
  test(`${environment.name} passes CloudFormation's validation and the AwsSolutions rules`, () => {
    const report = validate(environment)
    assert.deepEqual(report.objections, [], 'Cure it, or acknowledge it with a reason.')
    assert.ok(report.ruleSets.includes('AwsSolutions'), String(report.ruleSets))
    assert.ok(report.ruleSets.length >= 2, String(report.ruleSets))
    const expected = acknowledgements(environment).map(
      kept => `${prefixOf(environment)}-${kept.stack} AwsSolutions-${kept.rule}`,
    )
    const unused = expected.filter(kept => !report.acknowledged.has(kept))
    assert.deepEqual(unused, [], 'An acknowledgement that hides nothing must be removed.')
  })
}

test("CloudFormation's validation refuses a replica that is told to be encrypted", () => {
  const { objections } = reportOf(outdir => {
    const app = createApp({ outdir })
    new rds.CfnDBInstance(new Stack(app, 'refused'), 'Replica', {
      sourceDbInstanceIdentifier: 'primary',
      dbInstanceClass: 'db.t4g.small',
      storageEncrypted: true,
    })
    return app
  })
  assert.ok(
    objections.some(objection => objection.startsWith('F3020')),
    objections.join('\n'),
  )
})

test('the AwsSolutions rules refuse a security group open to the world', () => {
  const { objections } = reportOf(outdir => {
    const app = createApp({ outdir })
    new ec2.CfnSecurityGroup(new Stack(app, 'open'), 'Everybody', {
      groupDescription: 'open',
      securityGroupIngress: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIp: '0.0.0.0/0' }],
    })
    return app
  })
  assert.ok(objections.includes('AwsSolutions-EC23: open/Everybody'), objections.join('\n'))
})

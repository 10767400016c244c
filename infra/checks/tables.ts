import type { Environment } from '../settings.ts'
import { at, listAt } from '../template.ts'
import { all, find } from './look.ts'
import { readable, shortId } from './readable.ts'

interface Rule {
  readonly group: string
  readonly direction: 'in' | 'out'
  readonly other: string
  readonly port: string
  readonly why: string
}

/** Every rule of every security group, with the one line that explains it. Fails for a rule without one. */
export function securityRules(environment: Environment): Rule[] {
  const groups = new Map(
    all(environment, 'AWS::EC2::SecurityGroup').map(({ id, properties }) => [
      id.split('/')[1] ?? id,
      { name: String(properties['GroupDescription']), properties },
    ]),
  )
  const nameOf = (reference: unknown): string => {
    const id = String(at(reference, 'Fn::GetAtt', 0))
    return groups.get(id)?.name ?? shortId(id)
  }
  const otherOf = (rule: unknown): string => {
    const group = at(rule, 'SourceSecurityGroupId') ?? at(rule, 'DestinationSecurityGroupId')
    if (group !== undefined) return nameOf(group)
    const list = at(rule, 'SourcePrefixListId')
    if (list !== undefined) return `CloudFront (${readable(list)})`
    return readable(at(rule, 'CidrIp') ?? at(rule, 'CidrIpv6'))
  }
  const ruleOf = (group: string, direction: Rule['direction'], rule: unknown): Rule => {
    const [from, to] = [String(at(rule, 'FromPort')), String(at(rule, 'ToPort'))]
    const why = readable(at(rule, 'Description') ?? '')
    if (why === '') throw new Error(`A rule of ${group} has no explanation`)
    return { group, direction, other: otherOf(rule), port: from === to ? to : `${from}-${to}`, why }
  }
  const apart = (type: string, direction: Rule['direction']) =>
    find(environment, type).map(({ properties }) =>
      ruleOf(nameOf(properties['GroupId']), direction, properties),
    )
  const inline = [...groups.values()].flatMap(({ name, properties }) => [
    ...listAt(properties, 'SecurityGroupIngress').map(rule => ruleOf(name, 'in', rule)),
    ...listAt(properties, 'SecurityGroupEgress')
      // A group that may send nothing carries the library's rule to an address that does not exist.
      .filter(rule => at(rule, 'CidrIp') !== '255.255.255.255/32')
      .map(rule => ruleOf(name, 'out', rule)),
  ])
  return [
    ...inline,
    ...apart('AWS::EC2::SecurityGroupIngress', 'in'),
    ...apart('AWS::EC2::SecurityGroupEgress', 'out'),
  ].sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

const order = (rule: Rule): string =>
  [rule.group, rule.direction, rule.port.padStart(5), rule.other].join(' ')

export function ruleTable(environment: Environment): string {
  return [
    '| group | | other side | port | why |',
    '|---|---|---|---|---|',
    ...securityRules(environment).map(
      rule => `| ${rule.group} | ${rule.direction} | ${rule.other} | ${rule.port} | ${rule.why} |`,
    ),
  ].join('\n')
}

/** Every role, who may take it, and every action it has on every resource. */
export function roleTable(environment: Environment): string {
  const policies = all(environment, 'AWS::IAM::Policy')
  const rows = all(environment, 'AWS::IAM::Role').map(({ id, properties }) => {
    const logicalId = id.split('/')[1]
    const own = policies.filter(policy =>
      listAt(policy.properties, 'Roles').some(role => at(role, 'Ref') === logicalId),
    )
    const grants = own.flatMap(policy => listAt(policy.properties, 'PolicyDocument', 'Statement'))
    const name = readable(properties['RoleName'] ?? shortId(id))
    return `| ${name} | ${trustOf(properties)} | ${grants.map(grantLine).join('<br>') || 'nothing'} |`
  })
  return ['| role | taken by | may |', '|---|---|---|', ...rows].join('\n')
}

function trustOf(properties: Readonly<Record<string, unknown>>): string {
  const principal = at(properties, 'AssumeRolePolicyDocument', 'Statement', 0, 'Principal')
  const service = at(principal, 'Service')
  if (service !== undefined) return readable(service)
  const subject = at(
    properties,
    'AssumeRolePolicyDocument',
    'Statement',
    0,
    'Condition',
    'StringEquals',
    'token.actions.githubusercontent.com:sub',
  )
  return `GitHub, ${String(subject)}`
}

function grantLine(statement: unknown): string {
  const actions = [at(statement, 'Action')].flat().map(String).join(', ')
  const resources = [at(statement, 'Resource')].flat().map(readable).join(', ')
  const condition = at(statement, 'Condition')
  const when = condition === undefined ? '' : `, when ${readable(condition)}`
  return `\`${actions}\` on ${resources.replaceAll('*', '\\*')}${when}`
}

export function alarmTable(environment: Environment): string {
  const rows = all(environment, 'AWS::CloudWatch::Alarm').map(({ properties }) => {
    const sign = properties['ComparisonOperator'] === 'LessThanThreshold' ? 'under' : 'over'
    const minutes = (Number(properties['EvaluationPeriods']) * Number(properties['Period'])) / 60
    const limit = `${sign} ${String(properties['Threshold'])} for ${minutes} min`
    return `| ${String(properties['AlarmName'])} | ${limit} | ${String(properties['AlarmDescription'])} |`
  })
  return ['| alarm | rings when | what it means |', '|---|---|---|', ...rows].join('\n')
}

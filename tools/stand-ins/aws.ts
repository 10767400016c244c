#!/usr/bin/env node
// Stands in for the AWS command line in tests of a release: ECS as a file of definitions and services.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'

interface State {
  migrationExit: number
  /** A definition with this image never starts, and ECS goes back by itself. */
  brokenImage?: string
  definitions: Record<string, { image: string }[]>
  services: Record<string, string>
}

const file = process.env['AWS_STAND_IN'] ?? ''
const state = JSON.parse(readFileSync(file, 'utf8')) as State
const [area, verb = '', ...rest] = process.argv.slice(2)
const option = (name: string) =>
  rest.includes(`--${name}`) ? (rest[rest.indexOf(`--${name}`) + 1] ?? '') : ''
const registered = option('cli-input-json')
const family = registered ? (JSON.parse(registered) as { family: string }).family : ''
appendFileSync(
  `${file}.calls`,
  `${area} ${verb} ${option('service') || option('name') || family}\n`,
)

const imageOf = (arn: string) => {
  const [family = '', revision] = arn.split(':')
  return state.definitions[family]?.[Number(revision) - 1]?.image
}

const answers: Record<string, () => unknown> = {
  'describe-task-definition': () => {
    const family = option('task-definition')
    const [image] = (state.definitions[family] ?? []).slice(-1)
    return {
      taskDefinition: { family, revision: 1, status: 'ACTIVE', containerDefinitions: [image] },
    }
  },
  'register-task-definition': () => {
    const given = JSON.parse(option('cli-input-json'))
    if ('revision' in given || 'status' in given) throw new Error('an unknown field was sent')
    const revisions = (state.definitions[given.family] ??= [])
    revisions.push(given.containerDefinitions[0])
    const taskDefinitionArn = `${given.family}:${revisions.length}`
    return { taskDefinition: { taskDefinitionArn } }
  },
  'run-task': () => ({ tasks: [{ taskArn: 'task' }] }),
  'describe-tasks': () => ({
    tasks: [{ lastStatus: 'STOPPED', containers: [{ exitCode: state.migrationExit }] }],
  }),
  'describe-services': () => {
    const taskDefinition = state.services[option('services')] ?? ''
    const deployment = { taskDefinition, status: 'PRIMARY', rolloutState: 'COMPLETED' }
    return { services: [{ taskDefinition, deployments: [deployment] }] }
  },
  'update-service': () => {
    const definition = option('task-definition')
    if (imageOf(definition) !== state.brokenImage) state.services[option('service')] = definition
    return {}
  },
  'put-parameter': () => ({}),
}

process.stdout.write(JSON.stringify(answers[verb]?.() ?? {}))
writeFileSync(file, JSON.stringify(state))

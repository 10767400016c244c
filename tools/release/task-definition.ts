import { aws } from './aws.ts'

interface TaskDefinition {
  readonly containerDefinitions: readonly { readonly image: string }[]
  readonly [field: string]: unknown
}

/** What ECS takes back when a task definition is registered again; the rest it adds itself. */
const kept = [
  'family',
  'taskRoleArn',
  'executionRoleArn',
  'networkMode',
  'containerDefinitions',
  'volumes',
  'placementConstraints',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'runtimePlatform',
]

/** Registers the newest definition of a family with another image; returns the new revision. */
export function withImage(family: string, image: string): string {
  const { taskDefinition } = aws<{ taskDefinition: TaskDefinition }>(
    'ecs',
    'describe-task-definition',
    '--task-definition',
    family,
  )
  const [container, ...more] = taskDefinition.containerDefinitions
  if (!container || more.length > 0) throw new Error(`${family} has not exactly one container`)
  const fields = Object.entries(taskDefinition).filter(([field]) => kept.includes(field))
  const next = { ...Object.fromEntries(fields), containerDefinitions: [{ ...container, image }] }
  const registered = aws<{ taskDefinition: { taskDefinitionArn: string } }>(
    'ecs',
    'register-task-definition',
    '--cli-input-json',
    JSON.stringify(next),
  )
  return registered.taskDefinition.taskDefinitionArn
}

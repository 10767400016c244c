import { setTimeout as pause } from 'node:timers/promises'
import { aws } from './aws.ts'

export interface TaskGroup {
  readonly cluster: string
  readonly name: string
}

interface Deployment {
  readonly taskDefinition: string
  readonly status: string
  readonly rolloutState: string
}

interface Described {
  readonly taskDefinition: string
  readonly deployments: readonly Deployment[]
}

const roundsMax = 180

function describe({ cluster, name }: TaskGroup): Described {
  const { services } = aws<{ services: Described[] }>(
    'ecs',
    'describe-services',
    '--cluster',
    cluster,
    '--services',
    name,
  )
  const [service] = services
  if (!service) throw new Error(`There is no service ${name}.`)
  return service
}

/** The definition a service runs now: what a rollback goes back to. */
export const currentDefinition = (service: TaskGroup): string => describe(service).taskDefinition

/** Gives a service another definition; ECS starts the new tasks before it stops the old ones. */
export function replaceTasks({ cluster, name }: TaskGroup, definition: string): void {
  const target = ['--cluster', cluster, '--service', name, '--task-definition', definition]
  aws('ecs', 'update-service', ...target)
}

/**
 * Waits until a service runs this definition and no other. Refuses when ECS itself went back to the
 * old one, which a plain "is it stable" would call a success.
 */
export async function rolledOut(
  service: TaskGroup,
  definition: string,
  roundMs: number,
): Promise<void> {
  for (let round = 1; round <= roundsMax; round++) {
    const { deployments } = describe(service)
    const ours = deployments.find(one => one.taskDefinition === definition)
    const primary = deployments.find(one => one.status === 'PRIMARY')
    if (ours?.rolloutState === 'FAILED' || primary?.taskDefinition !== definition) {
      throw new Error(`${service.name} did not start with ${definition}: ECS went back.`)
    }
    if (ours?.rolloutState === 'COMPLETED' && deployments.length === 1) return
    await pause(roundMs)
  }
  throw new Error(`${service.name} was not replaced in time.`)
}

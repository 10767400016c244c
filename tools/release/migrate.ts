import { setTimeout as pause } from 'node:timers/promises'
import { aws } from './aws.ts'

export interface MigrationTask {
  readonly cluster: string
  readonly definition: string
  readonly subnets: string
  readonly securityGroup: string
}

interface Task {
  readonly taskArn: string
  readonly lastStatus: string
  readonly containers: readonly { readonly exitCode?: number }[]
}

const roundsMax = 180

/** Runs the migration as a task of its own and waits for its end; refuses any exit code but 0. */
export async function runMigration(task: MigrationTask, roundMs: number): Promise<void> {
  const network = `awsvpcConfiguration={subnets=[${task.subnets}],securityGroups=[${task.securityGroup}],assignPublicIp=DISABLED}`
  const what = ['--cluster', task.cluster, '--task-definition', task.definition]
  const how = ['--launch-type', 'FARGATE', '--network-configuration', network]
  const started = aws<{ tasks: Task[] }>('ecs', 'run-task', ...what, ...how)
  const arn = started.tasks[0]?.taskArn
  if (!arn) throw new Error('ECS did not start the migration.')
  for (let round = 1; round <= roundsMax; round++) {
    const which = ['--cluster', task.cluster, '--tasks', arn]
    const { tasks } = aws<{ tasks: Task[] }>('ecs', 'describe-tasks', ...which)
    const [found] = tasks
    if (found?.lastStatus === 'STOPPED') {
      const code = found.containers[0]?.exitCode
      if (code === 0) return
      throw new Error(`The migration ended with ${code ?? 'no exit code'}: see its log.`)
    }
    await pause(roundMs)
  }
  throw new Error('The migration did not end in time.')
}

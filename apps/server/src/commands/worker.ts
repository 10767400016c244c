import { openWorker } from '#kernel/worker'
import { stopOnSignal } from '#kernel/stopping'
import { compose } from '../compose.ts'
import { startMeasuring } from '../measuring.ts'
import { closeFiles } from '../surroundings.ts'
import { chooseTasks } from './choose-tasks.ts'
import type { Command } from './command.ts'

const jobsAtOnce = 4

export const worker: Command = {
  summary:
    'do the jobs: events and the work by the clock; --only=MODULE,... or --except=MODULE,... divides them',
  async run({ args, log, surroundings, say }) {
    const modules = compose(surroundings)
    const tasks = chooseTasks(args, modules)
    if (typeof tasks === 'string') {
      say(tasks)
      return 1
    }
    const measuring = await startMeasuring('worker', surroundings, log)
    const runner = await openWorker({
      database: surroundings.database,
      log,
      ...tasks,
      concurrency: jobsAtOnce,
    })
    log.info({ count: tasks.subscribers.length + tasks.recurring.length }, 'taking jobs')
    stopOnSignal(log, [
      { name: 'finish jobs', run: () => runner.stop() },
      { name: 'close files', run: () => closeFiles(surroundings) },
      { name: 'send the last figures', run: () => measuring.stop() },
      { name: 'close database', run: () => surroundings.database.close() },
    ])
    await runner.promise
    return new Promise<number>(() => undefined)
  },
}

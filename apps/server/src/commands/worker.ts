import { openWorker } from '#kernel/worker'
import { stopOnSignal } from '#kernel/stopping'
import { compose } from '../compose.ts'
import type { Command } from './command.ts'

const jobsAtOnce = 4

export const worker: Command = {
  summary: 'do the jobs: events and the work by the clock',
  async run({ log, surroundings }) {
    const modules = compose(surroundings)
    const runner = await openWorker({
      database: surroundings.database,
      log,
      subscribers: modules.flatMap(module => module.subscribers ?? []),
      recurring: modules.flatMap(module => module.recurring ?? []),
      concurrency: jobsAtOnce,
    })
    log.info('taking jobs')
    stopOnSignal(log, [
      { name: 'finish jobs', run: () => runner.stop() },
      { name: 'close database', run: () => surroundings.database.close() },
    ])
    await runner.promise
    return new Promise<number>(() => undefined)
  },
}

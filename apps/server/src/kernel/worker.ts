import {
  type JobHelpers,
  Logger,
  parseCronItems,
  run,
  type Runner,
  type TaskList,
} from 'graphile-worker'
import type { Database } from '#kernel/database'
import type { Event, Subscriber } from '#kernel/events'
import { faultFields, type Log } from '#kernel/log'
import type { Recurring } from '#kernel/module'

export interface WorkerOptions {
  database: Database
  log: Log
  subscribers: readonly Subscriber[]
  recurring: readonly Recurring[]
  concurrency: number
}

/** Starts taking jobs; `stop()` finishes those in hand and takes no more. */
export async function openWorker(options: WorkerOptions): Promise<Runner> {
  const { database, log, subscribers, recurring } = options
  const taskList: TaskList = {}
  for (const subscriber of subscribers) {
    taskList[subscriber.task] = withLog(log, subscriber.task, payload =>
      subscriber.run(database, payload as Event),
    )
  }
  for (const one of recurring) {
    taskList[one.task] = withLog(log, one.task, () => one.run(database))
  }
  return run({
    pgPool: database.pool,
    taskList,
    parsedCronItems: parseCronItems(
      recurring.map(one => ({ task: one.task, match: one.pattern, identifier: one.task })),
    ),
    concurrency: options.concurrency,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => {
      if (level === 'error') log.error({ task: 'worker' }, message.slice(0, 80))
    }),
  })
}

function withLog(log: Log, task: string, work: (payload: unknown) => Promise<void>) {
  return async (payload: unknown, helpers: JobHelpers) => {
    const fields = { task, jobId: helpers.job.id, attempt: helpers.job.attempts }
    try {
      await work(payload)
      log.debug(fields, 'job done')
    } catch (error) {
      // The job table keeps the error text, so what is thrown on carries none of the payload.
      log.error({ ...fields, ...faultFields(error) }, 'job failed')
      throw new Error(`${task} failed: ${(error as Error).name}`, { cause: error })
    }
  }
}

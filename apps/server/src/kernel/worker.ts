import type { JobHelpers, Runner, TaskList } from 'graphile-worker'
import type { Database } from '#kernel/database'
import type { Event, Subscriber } from '#kernel/events'
import { faultFields, type Log } from '#kernel/log'
import { metrics } from '#kernel/metrics'
import type { Recurring } from '#kernel/module'
import { nowUs } from '#kernel/scope'
import { inJobScope } from '#kernel/telemetry'

export interface WorkerOptions {
  database: Database
  log: Log
  subscribers: readonly Subscriber[]
  recurring: readonly Recurring[]
  concurrency: number
}

const minuteMs = 60_000

/** Starts taking jobs; `stop()` finishes those in hand and takes no more. */
export async function openWorker(options: WorkerOptions): Promise<Runner> {
  const { database, log, subscribers, recurring } = options
  // Loaded here, because a task that serves requests takes no jobs and should not wait for this at its start.
  const { Logger, parseCronItems, run } = await import('graphile-worker')
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
      recurring.map(({ task, pattern, makesUpMinutes = 0 }) => ({
        task,
        match: pattern,
        identifier: task,
        options: { backfillPeriod: makesUpMinutes * minuteMs },
      })),
    ),
    concurrency: options.concurrency,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => {
      if (level === 'error') log.error({ task: 'worker' }, message.slice(0, 80))
    }),
  })
}

const jobTime = metrics.distribution({
  name: 'jobs.time',
  unit: 'microseconds',
  meaning: 'From taking a job to its end, by task',
  labels: 'open',
})
const jobFailures = metrics.counter({
  name: 'jobs.failures',
  unit: 'count',
  meaning: 'Jobs that failed and will be tried again, by task',
  labels: 'open',
})

function withLog(log: Log, task: string, work: (payload: unknown) => Promise<void>) {
  return async (payload: unknown, helpers: JobHelpers) => {
    const fields = { task, jobId: helpers.job.id, attempt: helpers.job.attempts }
    const from = nowUs()
    try {
      const { trace } = (payload ?? {}) as Partial<Event>
      await inJobScope(task, trace ?? undefined, () => work(payload))
      log.debug(fields, 'job done')
    } catch (error) {
      jobFailures.add(1, task)
      // The job table keeps the error text, so what is thrown on carries none of the payload.
      log.error({ ...fields, ...faultFields(error) }, 'job failed')
      throw new Error(`${task} failed: ${(error as Error).name}`, { cause: error })
    } finally {
      jobTime.record(nowUs() - from, task)
    }
  }
}

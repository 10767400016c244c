import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Database } from '#kernel/database'
import { metrics } from '#kernel/metrics'
import { pipelinedInFlight } from '#kernel/statement-figures'

const cpu = metrics.distribution({
  name: 'process.cpu',
  unit: 'permille',
  meaning: 'Processor used, of what the task may use',
})
const memory = metrics.distribution({
  name: 'process.memory',
  unit: 'permille',
  meaning: 'Resident memory, of what the task may use',
})
const loopDelay = metrics.distribution({
  name: 'process.loop_delay',
  unit: 'microseconds',
  meaning: 'How late the event loop was, 99th percentile of five seconds',
})
const pool = metrics.distribution({
  name: 'database.pool',
  unit: 'count',
  meaning: 'Connections of the pool in use, and callers waiting for one',
  labels: ['used', 'waiting'],
})
const inFlight = metrics.distribution({
  name: 'database.reads_in_flight',
  unit: 'count',
  meaning: 'Pipelined reads sent and not yet answered',
})

const everyMs = 5_000
const resolutionMs = 20

/** Looks every five seconds at what this process uses, until stopped; keeps no process alive. */
export function watchProcess(
  database: Database,
  task: { cpuUnits: number; memoryMib: number },
): { stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  let before = { cpu: process.cpuUsage(), at: performance.now() }
  const timer = setInterval(() => {
    const used = process.cpuUsage(before.cpu)
    const elapsedUs = (performance.now() - before.at) * 1_000
    before = { cpu: process.cpuUsage(), at: performance.now() }
    const allowedUs = elapsedUs * (task.cpuUnits / 1_024)
    cpu.record(((used.user + used.system) / allowedUs) * 1_000)
    memory.record((process.memoryUsage.rss() / (task.memoryMib * 1_048_576)) * 1_000)
    // Node's figure holds the sampling pause itself (20 ms here, measured on 24.21).
    loopDelay.record(Math.max(0, delay.percentile(99) / 1_000 - resolutionMs * 1_000))
    delay.reset()
    pool.record(database.pool.totalCount - database.pool.idleCount, 'used')
    pool.record(database.pool.waitingCount, 'waiting')
    inFlight.record(pipelinedInFlight())
  }, everyMs)
  timer.unref()
  return {
    stop() {
      clearInterval(timer)
      delay.disable()
    },
  }
}

import { randomBytes } from 'node:crypto'
import '#kernel/business-figures'
import { faultFields, type Log } from '#kernel/log'
import { metrics } from '#kernel/metrics'
import type { Surroundings } from '#kernel/module'
import { watchProcess } from '#kernel/process-use'
import { sayFigures } from '#kernel/say-figures'
import { closeStatementMinute } from '#kernel/statement-figures'
import { recordSamples } from '#modules/advisor'
import { version } from './version.ts'

const everyMs = 60_000

/**
 * From now on this process measures itself: figures into the store each minute, the watched ones also as log lines,
 * and all to a collector when one is configured. A store that does not take them costs that minute's figures, never a
 * request.
 */
export async function startMeasuring(
  service: 'web' | 'worker',
  { config, database }: Surroundings,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  const process = `${service}-${randomBytes(4).toString('hex')}`
  // The exporter's libraries are loaded only where somebody listens.
  const exporting = config.otlpEndpoint
    ? (await import('#kernel/telemetry-export')).startExport({
        endpoint: config.otlpEndpoint,
        service,
        version,
        instance: process,
        traceRatio: config.tracePercent / 100,
        metrics,
      })
    : undefined
  const watch = watchProcess(database, config.task)
  const keep = async () => {
    closeStatementMinute()
    const samples = metrics.take()
    sayFigures(log, samples)
    try {
      await recordSamples(database, process, samples)
    } catch (error) {
      log.warn(faultFields(error), 'this minute’s figures were not kept')
    }
  }
  const timer = setInterval(() => void keep(), everyMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      watch.stop()
      await keep()
      await exporting?.stop()
    },
  }
}

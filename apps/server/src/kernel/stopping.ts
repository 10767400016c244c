import type { Log } from '#kernel/log'

export interface Step {
  readonly name: string
  readonly run: () => Promise<unknown> | void
}

const stopWithinMs = 50_000

/**
 * On SIGTERM or SIGINT runs the steps in order, then leaves. A second signal, or 50 seconds, ends the waiting:
 * the platform kills at 60. A step that fails is logged and the next one still runs.
 */
export function stopOnSignal(log: Log, steps: readonly Step[]): void {
  let stopping = false
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1)
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), stopWithinMs).unref()
    for (const step of steps) {
      try {
        await step.run()
      } catch (error) {
        log.error({ error, task: step.name }, 'a step of stopping failed')
      }
    }
    log.info({ signal }, 'stopped')
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

import { sql } from 'kysely'
import type { Readiness } from '#kernel/health'
import { stopOnSignal } from '#kernel/stopping'
import { startMeasuring } from '../measuring.ts'
import { openWeb } from '../web.ts'
import { closeFiles } from '../surroundings.ts'
import type { Command } from './command.ts'

// Time for the load balancer to see "draining" before the door closes (checks every 5 s in production).
const drainMs = { local: 200, test: 0, production: 6_000 }

export const web: Command = {
  summary: 'serve the API',
  async run({ config, log, surroundings }) {
    const readiness: Readiness = { draining: false }
    const measuring = await startMeasuring('web', surroundings, log)
    const app = await openWeb(surroundings, log, readiness)
    await app.listen({ host: config.host, port: config.port })
    // The first customer should not pay for the first connection; a database still starting is not fatal.
    await sql`select 1`
      .execute(surroundings.database.reads)
      .catch(() => log.warn('database not there yet'))
    log.info({ port: config.port }, 'listening')
    stopOnSignal(log, [
      {
        name: 'drain',
        run: async () => {
          readiness.draining = true
          await new Promise(resolve => setTimeout(resolve, drainMs[config.mode]))
        },
      },
      { name: 'close http', run: () => app.close() },
      { name: 'close files', run: () => closeFiles(surroundings) },
      { name: 'send the last figures', run: () => measuring.stop() },
      { name: 'close database', run: () => surroundings.database.close() },
    ])
    return new Promise<number>(() => undefined)
  },
}

import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import type { Database } from '#kernel/database'

export interface Readiness {
  /** Set when the process was told to stop: the load balancer looks away before connections close. */
  draining: boolean
}

const checkTimeoutMs = 2_000

/**
 * `/health/live`: the process answers. `/health/ready`: it also reaches its database and the newest migration this
 * release knows has run. Not S3, payments or Redis: one outage elsewhere must not empty the target group.
 */
export function healthRoutes(
  app: FastifyInstance,
  options: { database: Database; readiness: Readiness; newestMigration: string },
): void {
  app.get('/health/live', { schema: { hide: true } }, async () => ({ live: true }))
  app.get('/health/ready', { schema: { hide: true } }, async (_request, response) => {
    const reason = options.readiness.draining ? 'draining' : await unready(options)
    response.status(reason === null ? 200 : 503)
    return { ready: reason === null, ...(reason && { reason }) }
  })
}

async function unready(options: {
  database: Database
  newestMigration: string
}): Promise<string | null> {
  const query = sql<{ here: boolean }>`
    select exists (select from kernel.migration where name = ${options.newestMigration}) as here`
  const late = new Promise<'late'>(resolve => {
    setTimeout(() => resolve('late'), checkTimeoutMs).unref()
  })
  try {
    const answer = await Promise.race([query.execute(options.database.reads), late])
    if (answer === 'late') return 'database slow'
    return answer.rows[0]?.here ? null : 'migration missing'
  } catch {
    // The caller is told, and asks again: an unreachable database is what this question is for.
    return 'database unreachable'
  }
}

import type { FastifyInstance } from 'fastify'
import { healthRoutes, type Readiness } from '#kernel/health'
import { openHttp } from '#kernel/http'
import type { Log } from '#kernel/log'
import type { Surroundings } from '#kernel/module'
import { rememberWriters } from '#kernel/recent-writers'
import { writeEntry } from '#modules/audit'
import { findCaller, openKeptSessions } from '#modules/identity'
import { apiPage } from './api-page.ts'
import { compose } from './compose.ts'
import { allMigrations } from './migrations.ts'
import { statusPage } from './status-page.ts'
import { version } from './version.ts'

/** The API with every module's routes mounted, not yet listening. */
export async function openWeb(
  surroundings: Surroundings,
  log: Log,
  readiness: Readiness = { draining: false },
): Promise<FastifyInstance> {
  const { config, database } = surroundings
  const sessions = openKeptSessions(surroundings)
  const app = await openHttp({
    log,
    publicUrl: config.publicUrl,
    counterUrl: config.counterUrl,
    isBehindCdn: config.installation.hasCdn,
    version,
    findCaller: request => findCaller(sessions, request),
    writeAudit: writeEntry,
  })
  if (config.databaseReplicaUrl) rememberWriters(app)
  const newestMigration = allMigrations().at(-1)?.name ?? ''
  healthRoutes(app, { database, readiness, newestMigration })
  apiPage(app)
  statusPage(app, { database, storage: surroundings.storage, version })
  for (const module of compose(surroundings)) {
    // A scope of its own, so that one module's hooks never reach another's routes.
    await app.register(async scope => module.routes?.(scope))
  }
  await app.ready()
  return app
}

import { migrate as runMigrations, migrateJobs, syncSubscriptions } from '#kernel/migrate'
import { compose, subscriptionsOf } from '../compose.ts'
import { allMigrations } from '../migrations.ts'
import type { Command } from './command.ts'
import { prepareOrSay } from './prepare-search.ts'

export const migrate: Command = {
  summary: 'bring the database to this release (needs DATABASE_OWNER_URL)',
  async run(context) {
    const { config, surroundings, say } = context
    const { databaseOwnerUrl, databaseUrl } = config
    if (!databaseOwnerUrl) {
      say('DATABASE_OWNER_URL is missing: migrations run as the role that owns the tables.')
      return 1
    }
    const ran = await runMigrations(databaseOwnerUrl, allMigrations())
    await migrateJobs(databaseOwnerUrl, databaseUrl)
    await syncSubscriptions(databaseOwnerUrl, subscriptionsOf(compose(surroundings)))
    say(ran.length === 0 ? 'The database is up to date.' : `Ran ${ran.join(', ')}.`)
    // The index is kept by release: without this the first start of a new one would read the whole catalogue.
    await prepareOrSay(context)
    return 0
  },
}

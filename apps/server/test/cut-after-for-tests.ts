import type { KyselyPlugin } from 'kysely'
import type { Database } from '#kernel/database'

/** The connection was lost: nobody hears what the statement answered. */
export class Cut extends Error {}

/** The same database, cut off as soon as the statement with this number has run. */
export function cutAfter(database: Database, statement: number): Database {
  let ran = 0
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      ran += 1
      return ran === statement ? Promise.reject(new Cut()) : Promise.resolve(result)
    },
  }
  return { ...database, db: database.db.withPlugin(plugin) }
}

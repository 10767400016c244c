import pg from 'pg'
import { findSequences, type Sequence, sessionSettings } from './tables.ts'

export interface Addresses {
  readonly ownerUrl: string
  /** The application's; the job tables are its own. */
  readonly appUrl: string
}

/** One connection for each role that owns tables. */
export interface Ends {
  readonly owner: pg.Client
  readonly app: pg.Client
  /** The connection of the role that owns a thing. */
  of(thing: { owner: string; name: string }): pg.Client
  close(): Promise<void>
}

export async function findAllSequences({ owner, app }: Ends): Promise<Sequence[]> {
  return [...(await findSequences(owner)), ...(await findSequences(app))]
}

const connectMsMax = 10_000

/** Connects as both roles with settings that make a row's text the same everywhere. */
export async function openEnds({ ownerUrl, appUrl }: Addresses): Promise<Ends> {
  const [owner, app] = [ownerUrl, appUrl].map(
    connectionString =>
      new pg.Client({
        connectionString,
        connectionTimeoutMillis: connectMsMax,
        application_name: 'janta-backup',
      }),
  ) as [pg.Client, pg.Client]
  const byRole = new Map<string, pg.Client>()
  const close = async () => void (await Promise.all([owner.end(), app.end()]))
  try {
    for (const client of [owner, app]) {
      await client.connect()
      await client.query(sessionSettings)
      const { rows } = await client.query<{ role: string }>('select current_user as role')
      byRole.set(rows[0]?.role ?? '', client)
    }
  } catch (error) {
    await close()
    throw error
  }
  return {
    owner,
    app,
    of(thing) {
      const client = byRole.get(thing.owner)
      if (!client) throw new Error(`${thing.name} belongs to ${thing.owner}, whom nobody here is`)
      return client
    },
    close,
  }
}

import { type Kysely, sql } from 'kysely'
import type { Database } from '#kernel/database'

type Writer = Pick<Kysely<unknown>, 'getExecutor'>

export interface Unmet {
  readonly packId: string
  /** Packs asked for beyond those there are. */
  readonly packs: number
  readonly askedIn: 'cart' | 'checkout'
}

const packsMax = 9_999
const keptDays = 400
const forgottenAtOnceMax = 50_000

/** Keeps that so many packs were asked for and could not be had. Who asked is not said and cannot be found. */
export async function noteUnmet(db: Writer, { packId, packs, askedIn }: Unmet): Promise<void> {
  const counted = Math.min(packsMax, Math.max(1, packs))
  await sql`
    insert into stock.unmet_demand (pack_id, packs, asked_in) values (${packId}, ${counted}, ${askedIn})`.execute(
    db,
  )
}

/** Forgets what is older than any report asks for; run by night. */
export async function forgetUnmet(database: Database): Promise<void> {
  await sql`
    delete from stock.unmet_demand where id in (
      select id from stock.unmet_demand where at < kernel.now() - make_interval(days => ${keptDays})
      order by at limit ${forgottenAtOnceMax})`.execute(database.db)
}

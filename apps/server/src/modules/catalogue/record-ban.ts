import type { Ban, BanReach } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { assertFromNow } from './day-from-now.ts'
import { findBanReach } from './find-ban-reach.ts'
import type { Reader } from './find-packs.ts'

const nanogramsOfMicrogram = 1_000

/**
 * Enters a formulation whose sale is prohibited from a day on, with its source (Drugs and Cosmetics Act 1940, section
 * 26A). From that day whatever contains it is blocked. Returns which packs it reaches. Refuses `not_found` for an
 * unknown substance, `ban_invalid` for one named twice, and `rule_in_the_past`.
 */
export async function recordBan(
  database: Database,
  caller: Caller,
  ban: Ban,
): Promise<{ id: string; reach: BanReach }> {
  return inTransaction(database, caller, async tx => {
    const reach = await previewBan(tx, ban)
    const { rows } = await sql<{ id: number }>`
      insert into catalogue.banned_formulation (title, route, release, is_exact, effective_from, source_citation,
        recorded_by)
      values (${ban.title}, ${ban.route ?? null}, ${ban.release ?? null}, ${ban.isExact}, ${ban.from},
        ${ban.sourceCitation}, ${caller.personId})
      returning id`.execute(tx)
    const id = String(rows[0]?.id)
    await sql`
      insert into catalogue.banned_component (banned_formulation_id, substance_id, above_nanograms)
      select ${id}::integer, * from unnest(${substancesOf(ban)}::int[], ${nanogramsOf(ban)}::bigint[])`.execute(
      tx,
    )
    await emit(tx, caller, 'catalogue.formulation_banned', { banId: id })
    return { id, reach }
  })
}

/** Which packs the ban would reach, written nowhere. Refuses as recording it would. */
export async function previewBan(db: Reader, ban: Ban): Promise<BanReach> {
  const substances = substancesOf(ban)
  if (new Set(substances).size < substances.length) {
    throw new Refusal('ban_invalid', 'One substance is named twice. Name each once.')
  }
  const { rows } = await sql<{ today: Day; known: number }>`
    select kernel.today() as today, count(*)::integer as known
    from catalogue.substance where id = any(${substances}::int[])`.execute(db)
  const [found] = rows
  if (found?.known !== substances.length) {
    throw new Refusal('not_found', 'There is no such substance. Search for it by name.')
  }
  assertFromNow(ban.from, found.today)
  return findBanReach(db, {
    substances,
    aboveNanograms: nanogramsOf(ban),
    route: ban.route ?? null,
    release: ban.release ?? null,
    isExact: ban.isExact,
  })
}

function substancesOf(ban: Ban): number[] {
  return ban.components.map(one => one.substanceId)
}

function nanogramsOf(ban: Ban): (number | null)[] {
  return ban.components.map(({ aboveMicrograms }) =>
    aboveMicrograms === undefined ? null : aboveMicrograms * nanogramsOfMicrogram,
  )
}

import type { BannedFormulation } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from './find-packs.ts'
import { namePeople } from './name-people.ts'

const limitUsual = 50

type Row = Omit<BannedFormulation, 'recordedAt'> & { recordedAt: Date }

/** Banned formulations, those in force or to come first, the newest before the older. */
export async function findBans(
  db: Reader,
  limit = limitUsual,
): Promise<{ items: BannedFormulation[] }> {
  const { rows } = await sql<Row>`
    select ban.id, ban.title, ban.route, ban.release, ban.is_exact as "isExact", ban.effective_from as "from",
      ban.effective_to as "to", ban.source_citation as "sourceCitation", ban.recorded_by as "recordedBy",
      ban.recorded_at as "recordedAt", ban.lifted_by as "liftedBy", ban.lift_citation as "liftCitation",
      (
        select jsonb_agg(jsonb_build_object('name', substance.display_name, 'aboveMicrograms',
          banned.above_nanograms / 1000) order by substance.display_name)
        from catalogue.banned_component as banned
        join catalogue.substance on substance.id = banned.substance_id
        where banned.banned_formulation_id = ban.id
      ) as components
    from catalogue.banned_formulation as ban
    order by (ban.effective_to is not null and ban.effective_to <= kernel.today()), ban.effective_from desc, ban.id desc
    limit ${limit}`.execute(db)
  const nameOf = await namePeople(
    db,
    rows.flatMap(row => [row.recordedBy, row.liftedBy]),
  )
  return {
    items: rows.map(row => ({
      ...row,
      components: row.components ?? [],
      recordedBy: nameOf(row.recordedBy) ?? '',
      liftedBy: nameOf(row.liftedBy),
      recordedAt: row.recordedAt.toISOString(),
    })),
  }
}

import type { catalogueCutting, ReplyOf } from '@janta/contracts'
import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import type { Reader } from './find-packs.ts'

type Cutting = ReplyOf<typeof catalogueCutting.getCutting>

/** Whether a pharmacist lets the strips of a pack be cut, and whether that is possible at all. Refuses `not_found`. */
export async function findCutting(db: Reader, id: string): Promise<Cutting> {
  const { rows } = await sql<Cutting>`
    select may_be_cut as "mayBeCut", case when base_unit not in ('tablet', 'capsule') then 'not_counted'
      when units_per_pack = 1 then 'single' end as obstacle, (
        select jsonb_build_object('reason', reason, 'at', ruled_at) from catalogue.cutting
        where pack_id = pack.id order by id desc limit 1) as last
    from catalogue.pack where id = ${id}`.execute(db)
  const [found] = rows
  if (!found) throw new Refusal('not_found', 'There is no such pack. Look it up in the catalogue.')
  const { last } = found
  return { ...found, last: last && { ...last, at: new Date(last.at).toISOString() } }
}

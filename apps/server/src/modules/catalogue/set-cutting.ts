import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findCutting } from './find-cutting.ts'

/**
 * Lets the strips of a pack be cut for a prescription from now on, or no longer; what was approved before stays so.
 * Loose supply is under the pharmacist's own supervision (Drugs Rules 65(19)), so nothing is cut that no pharmacist
 * said yes to, and who did and why is kept. Refuses `not_found`, and `not_cuttable` for what is not counted out by the tablet.
 */
export async function setCutting(
  database: Database,
  caller: Caller,
  { id, mayBeCut, reason }: { id: string; mayBeCut: boolean; reason: string },
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const { obstacle } = await findCutting(tx, id)
    if (mayBeCut && obstacle !== null) {
      throw new Refusal(
        'not_cuttable',
        'Only strips of several tablets or capsules can be cut. This pack is sold whole.',
      )
    }
    await sql`update catalogue.pack set may_be_cut = ${mayBeCut} where id = ${id}`.execute(tx)
    await sql`
      insert into catalogue.cutting (pack_id, may_be_cut, reason, ruled_by)
      values (${id}, ${mayBeCut}, ${reason.trim()}, ${caller.personId})`.execute(tx)
    return { id }
  })
}

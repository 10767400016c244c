import { sql } from 'kysely'
import { newId } from '#kernel/id'
import type { WriteAudit } from '#kernel/serve'

/**
 * One row of the trail, in the transaction of the act it tells of: if it cannot be written the act does not
 * happen. Ids only; what was changed lies in the module's own append-only rows.
 */
export const writeEntry: WriteAudit = async (tx, act) => {
  await sql`
    insert into audit.entry (id, action, actor_id, request_id, object_id)
    values (${newId()}, ${act.action}, ${act.actorId}, ${act.requestId}, ${act.objectId})`.execute(
    tx,
  )
}

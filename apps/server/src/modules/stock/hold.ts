import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'

/**
 * Locks the balances of everything the cause holds, in the lock order of all stock writers, so that its holds may
 * then be changed. `more` names further batches the caller is about to touch.
 */
export async function lockHeld(
  tx: Tx,
  causeId: string,
  more: readonly string[] = [],
): Promise<void> {
  await sql`
    select stock.lock_balances(array(
      select batch_id from stock.reservation where cause_id = ${causeId} and state = 'held'
      union select unnest(${more}::uuid[])))`.execute(tx)
}

/** Gives back everything the cause still holds. Returns how many units became free; a second call frees none. */
export async function releaseHold(tx: Tx, caller: Caller, causeId: string): Promise<number> {
  await lockHeld(tx, causeId)
  const { rows } = await sql<{ units: number }>`
    with ended as (
      update stock.reservation set state = 'released', ended_at = kernel.now()
      where cause_id = ${causeId} and state = 'held'
      returning batch_id, store_id, bin, units
    ), moved as (
      insert into stock.movement
        (batch_id, store_id, bin, kind, on_hand_delta, reserved_delta, cause_kind, cause_id, actor_id, request_id)
      select batch_id, store_id, bin, 'released', 0, -units, 'order', ${causeId}, ${caller.personId}, ${caller.requestId}
      from ended returning reserved_delta
    )
    select coalesce(-sum(reserved_delta), 0)::integer as units from moved`.execute(tx)
  return rows[0]!.units
}

/**
 * Moves the end of a hold that has not ended yet to so many hours from now. Returns false when any of it has: its units may be promised to
 * somebody else already, so the cause must reserve again.
 */
export async function extendHold(tx: Tx, causeId: string, holdHours: number): Promise<boolean> {
  await lockHeld(tx, causeId)
  const { rows } = await sql<{ held: boolean }>`
    select count(*) > 0 and bool_and(state = 'held' and expires_at > kernel.now()) as held
    from stock.reservation where cause_id = ${causeId}`.execute(tx)
  if (!rows[0]!.held) return false
  await sql`
    update stock.reservation set expires_at = kernel.now() + make_interval(hours => ${holdHours})
    where cause_id = ${causeId} and state = 'held'`.execute(tx)
  return true
}

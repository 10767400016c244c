import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { traceparentNow } from '#kernel/telemetry'
import type { Tx } from '#kernel/transaction'

/** What a module announces: `ordering.order_placed` and ids, never names of people or medicines. */
export interface Event {
  readonly id: string
  readonly name: string
  readonly payload: Record<string, unknown>
  /** The W3C traceparent of the act, when it was traced: the job continues that trace. */
  readonly trace?: string | null
}

/** A reaction to an event: idempotent by event id, because delivery is at least once. */
export interface Subscriber {
  readonly event: string
  readonly task: string
  readonly run: (database: Database, event: Event) => Promise<void>
}

/**
 * Records that something happened and gives every subscriber its own job, in the caller's transaction: delivered
 * if, and only if, `tx` commits; one subscriber's failure is retried without the others. The subscriptions are
 * read from their table, so a process of the previous release feeds the subscribers of the next one too.
 */
export async function emit(
  tx: Tx,
  caller: Caller,
  name: `${string}.${string}`,
  payload: Record<string, unknown>,
): Promise<string> {
  const id = newId()
  await sql`
    with recorded as (
      insert into kernel.event (id, name, payload, actor_id, request_id)
      values (${id}, ${name}, ${JSON.stringify(payload)}::jsonb, ${caller.personId}, ${caller.requestId})
      returning id, name, payload
    )
    select kernel.add_jobs(recorded.name, json_build_object('id', recorded.id, 'name', recorded.name,
      'payload', recorded.payload, 'trace', ${traceparentNow()}::text))
    from recorded`.execute(tx)
  return id
}

/**
 * Runs `work` once for this event and task, whatever the number of deliveries: the mark and the work commit together.
 */
export async function onceFor(
  tx: Tx,
  task: string,
  event: Event,
  work: () => Promise<void>,
): Promise<void> {
  const { rows } = await sql`
    insert into kernel.event_taken (task, event_id) values (${task}, ${event.id})
    on conflict do nothing returning event_id`.execute(tx)
  if (rows.length === 1) await work()
}

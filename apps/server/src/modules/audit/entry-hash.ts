import { sql } from 'kysely'

/**
 * The SHA-256 of an entry, of these columns in this order. The time is written in UTC, so that a database restored
 * elsewhere comes to the same.
 */
export const entryHash = sql<Buffer>`
  sha256(convert_to(jsonb_build_array(entry.position, entry.id,
    to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    entry.action, entry.actor_id, entry.request_id, entry.object_id)::text, 'UTF8'))`

export const hashBytes = 32

/** What the first block says came before it. */
export const firstHash = Buffer.alloc(hashBytes)

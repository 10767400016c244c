import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Role } from '@janta/contracts'
import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import type { Surroundings } from '#kernel/module'
import type { Tx } from '#kernel/transaction'
import { type FoundSession, findSession } from './find-session.ts'

/** A kept session is asked for again this often, whatever happens. */
const keepMs = 30_000
/** Longer than a session is kept and a read may take, so that a late reader cannot bring an ended one back. */
const endedMs = 90_000
/** How old the number of untold changes may be. */
const changeFreshMs = 1_000

export interface KeptSessions {
  /** The session of this token's hash; as its row says, or said at most `keepMs` ago with nothing told since. */
  find(hash: Buffer): Promise<FoundSession | undefined>
  /**
   * To be asked before the transaction that ends these sessions or changes what they may do; its answer runs inside
   * that transaction. Told or not, no process believes a kept one once it committed.
   */
  forget(hashes: readonly Buffer[]): Promise<(tx: Tx) => Promise<void>>
}

/**
 * Sessions in front of their rows, shared by the processes over Redis where it is set up. The row stays the truth: a
 * Redis that is slow, empty, killed or written to by a stranger costs a read of the row and changes no answer.
 */
export function openKeptSessions(
  surroundings: Pick<Surroundings, 'config' | 'database' | 'shared'>,
): KeptSessions {
  const { config, database, shared } = surroundings
  if (!shared)
    return { find: hash => findSession(database, hash), forget: async () => async () => {} }
  const changes = openChanges(database)
  const seal = sealWith(config.secretKey)
  return {
    async find(hash) {
      const change = await changes.number()
      const key = `janta:session:${change}:${hash.toString('base64url')}`
      // Both at one instant, and no answer is never taken for "not ended".
      const [ended = 'unknown', text = null] = (await shared.getAll([endedKey(hash), key])) ?? []
      const kept = ended === null && text !== null ? seal.open(key, text) : undefined
      if (kept) return kept
      const found = await findSession(database, hash)
      if (found && ended === null) {
        await shared.add(key, seal.close(key, found), Math.min(keepMs, found.leftMs))
      }
      return found
    },
    async forget(hashes) {
      const told = await Promise.all(
        hashes.map(hash => shared.set(endedKey(hash), 'ended', endedMs)),
      )
      // Another process may reach the Redis that this one does not, and would go on believing it.
      return async tx => {
        if (!told.every(Boolean)) await raiseChange(tx)
      }
    },
  }
}

const endedKey = (hash: Buffer) => `janta:ended:${hash.toString('base64url')}`

/** Makes every process ask the rows again, within a second of the commit. For what cannot be told session by session. */
export async function raiseChange(tx: Tx): Promise<void> {
  await sql`update identity.session_change set number = number + 1`.execute(tx)
}

/** The number of untold changes, asked at most once a second by each process. */
function openChanges(database: Database) {
  let known: { number: Promise<string>; at: number } | undefined
  const ask = async (): Promise<string> => {
    const { rows } = await sql<{ number: string }>`
      select number::text as number from identity.session_change`.execute(database.reads)
    return rows[0]?.number ?? ''
  }
  return {
    async number(): Promise<string> {
      if (!known || performance.now() - known.at >= changeFreshMs) {
        known = { number: ask(), at: performance.now() }
      }
      try {
        return await known.number
      } catch (error) {
        known = undefined
        throw error
      }
    },
  }
}

/** Nothing in Redis is believed that this pharmacy's processes did not write: a role is not won by writing there. */
function sealWith(secretKey: string) {
  const sign = (key: string, text: string) =>
    createHmac('sha256', secretKey).update(`session:${key}:${text}`).digest()
  return {
    close: (key: string, { personId, roles, leftMs }: FoundSession): string => {
      const text = JSON.stringify([personId, roles, Date.now() + leftMs])
      return `${sign(key, text).toString('base64url')} ${text}`
    },
    open: (key: string, sealed: string): FoundSession | undefined => {
      const cut = sealed.indexOf(' ')
      const text = sealed.slice(cut + 1)
      const given = Buffer.from(sealed.slice(0, Math.max(0, cut)), 'base64url')
      const right = sign(key, text)
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
      const [personId, roles, endsAt] = JSON.parse(text) as [string, Role[], number]
      const leftMs = endsAt - Date.now()
      return leftMs > 0 ? { personId, roles, leftMs } : undefined
    },
  }
}

/** The hashes of a person's open sessions, to forget them before what they may do is changed. */
export async function findSessionHashes(database: Database, personId: string): Promise<Buffer[]> {
  const { rows } = await sql<{ hash: Buffer }>`
    select token_hash as hash from identity.session
    where person_id = ${personId} and ended_at is null and ends_at > kernel.now()
    order by created_at desc limit ${sessionsMax}`.execute(database.reads)
  return rows.map(row => row.hash)
}

/** A person with more open sessions than this is told by the number of changes alone. */
const sessionsMax = 100

import { sql } from 'kysely'
import type { Look } from '#kernel/look'
import type { Reader } from '#modules/catalogue'
import { unpackIndex } from './index-bytes.ts'
import { hashOf } from './keep-index.ts'
import type { MedicineIndex } from './medicine-index.ts'

const partsAtOnce = 4

interface Header extends Look {
  packs: number
  parts: number
  sha256: Buffer
}

/** Whether some process kept an index of this code in the last `interval` of PostgreSQL's words. */
export async function isKeptWithin(
  db: Reader,
  codeKey: string,
  interval: string,
): Promise<boolean> {
  const { rows } = await sql<{ isRecent: boolean }>`
    select kept_at > kernel.now() - ${interval}::interval as "isRecent" from search.kept_index
    where code_key = ${codeKey} limit 1`.execute(db)
  return rows[0]?.isRecent === true
}

/**
 * The index another process kept, and the look it holds everything of; undefined where this code kept none that this
 * database could have made. Throws for one that is not whole: its bytes are counted, hashed, and taken to the last.
 */
export async function findKeptIndex(
  db: Reader,
  codeKey: string,
): Promise<{ index: MedicineIndex; look: Look } | undefined> {
  const header = await findHeader(db, codeKey)
  if (!header) return undefined
  const parts: Buffer[] = []
  for (let from = 0; from < header.parts; from += partsAtOnce) {
    const { rows } = await sql<{ bytes: Buffer }>`
      select bytes from search.kept_index_part
      where code_key = ${codeKey} and part between ${from} and ${from + partsAtOnce - 1}
      order by part limit ${partsAtOnce}`.execute(db)
    parts.push(...rows.map(row => row.bytes))
  }
  if (parts.length !== header.parts || !hashOf(parts).equals(header.sha256))
    throw new Error('the kept index is not as it was kept')
  const index = unpackIndex(parts)
  if (index.count !== header.packs) throw new Error('the kept index lost medicines')
  return { index, look: { seen: header.seen, today: header.today } }
}

/** A look of another cluster, or of a later past of this one, says nothing about the transactions here. */
async function findHeader(db: Reader, codeKey: string): Promise<Header | undefined> {
  const { rows } = await sql<Header>`
    select seen, today, packs, parts, sha256 from search.kept_index
    where code_key = ${codeKey} and cluster = (select system_identifier::text from pg_control_system())
      and pg_snapshot_xmax(seen::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
    limit 1`.execute(db)
  return rows[0]
}

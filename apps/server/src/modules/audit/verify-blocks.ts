import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { entryHash, firstHash, hashBytes } from './entry-hash.ts'

export interface AuditVerdict {
  readonly blocks: number
  readonly entries: number
  /** Entries newer than the last block. */
  readonly unsealed: number
  /** The hash of the last block; written down elsewhere, it proves that none was cut off since. */
  readonly head: string
  /** One sentence for each thing that is not as it was sealed. */
  readonly faults: readonly string[]
}

interface Block {
  readonly number: number
  readonly first: string
  readonly last: string
  readonly entries: number
  readonly entryHashes: Buffer
  readonly previousHash: Buffer
  readonly hash: Buffer
}

const blocksMax = 1_000_000
const faultsMax = 100

/** Reads the whole trail again and compares it with its seals. `known` is a head that was written down elsewhere. */
export async function verifyBlocks(db: Kysely<unknown>, known?: string): Promise<AuditVerdict> {
  const faults: string[] = []
  let before: Block | undefined
  let entries = 0
  let isKnownSeen = known === undefined
  for (let number = 1; number <= blocksMax && faults.length < faultsMax; number++) {
    const block = await findBlock(db, before?.number ?? 0)
    if (!block) break
    faults.push(...chainFaults(block, number, before), ...(await entryFaults(db, block, before)))
    entries += block.entries
    isKnownSeen ||= block.hash.toString('hex') === known
    before = block
  }
  if (!isKnownSeen) faults.push(`no block has the head ${known}: blocks were cut off or replaced`)
  const { rows } = await sql<{ unsealed: number }>`
    select count(*)::integer as unsealed from audit.entry
    where position > ${before?.last ?? '0'}::bigint`.execute(db)
  return {
    blocks: before?.number ?? 0,
    entries,
    unsealed: rows[0]?.unsealed ?? 0,
    head: (before?.hash ?? firstHash).toString('hex'),
    faults: faults.slice(0, faultsMax),
  }
}

async function findBlock(db: Kysely<unknown>, after: number): Promise<Block | undefined> {
  const { rows } = await sql<Block>`
    select number, first_position::text as first, last_position::text as last, entries,
      entry_hashes as "entryHashes", previous_hash as "previousHash", hash
    from audit.block where number > ${after} order by number limit 1`.execute(db)
  return rows[0]
}

function chainFaults(block: Block, expected: number, before: Block | undefined): string[] {
  const faults: string[] = []
  if (block.number !== expected) faults.push(`block ${expected} is missing`)
  if (!block.previousHash.equals(before?.hash ?? firstHash)) {
    faults.push(`block ${block.number} does not follow the block before it`)
  }
  const words = `${block.number} ${block.first} ${block.last} ${block.entries}`
  const hash = createHash('sha256')
    .update(block.previousHash)
    .update(words)
    .update(block.entryHashes)
    .digest()
  if (!hash.equals(block.hash)) faults.push(`block ${block.number} was changed`)
  return faults
}

async function entryFaults(
  db: Kysely<unknown>,
  block: Block,
  before: Block | undefined,
): Promise<string[]> {
  const { rows } = await sql<{ position: string; id: string; hash: Buffer }>`
    select entry.position::text as position, entry.id, ${entryHash} as hash from audit.entry
    where entry.position > ${before?.last ?? '0'}::bigint and entry.position <= ${block.last}::bigint
    order by entry.position limit ${2 * block.entries + faultsMax}`.execute(db)
  const sealed = new Set<string>()
  for (let at = 0; at < block.entryHashes.length; at += hashBytes) {
    sealed.add(block.entryHashes.subarray(at, at + hashBytes).toString('hex'))
  }
  const strange = rows.filter(row => !sealed.has(row.hash.toString('hex')))
  const missing = block.entries - (rows.length - strange.length)
  const faults = strange.map(
    row =>
      `entry ${row.id} at position ${row.position} is not as it was sealed in block ${block.number}`,
  )
  const lost = missing - Math.min(missing, strange.length)
  if (lost > 0)
    faults.push(`block ${block.number} has lost ${lost} of its ${block.entries} entries`)
  return faults
}

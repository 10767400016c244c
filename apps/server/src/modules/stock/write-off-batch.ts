import type { RequestOf, WriteOff, writeOffBatch as contract } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { findWriteOff } from './find-write-offs.ts'
import { lockPositions, writeMoves } from './move-units.ts'
import { takeUnits } from './set-batch-apart.ts'

type Asked = RequestOf<typeof contract>['body'] & { id: string }

/**
 * Units that lie apart leave the books as destroyed, with the record of it. Refuses `not_found`, `out_of_stock` when
 * fewer lie apart, and `batch_not_issuable` for a recalled batch: its recall accounts for every unit.
 */
export async function writeOffBatch(
  database: Database,
  caller: Caller,
  key: string,
  asked: Asked,
): Promise<WriteOff> {
  const { id } = await inTransaction(database, caller, tx =>
    once(tx, { scope: `stock.write_off:${caller.personId}`, key, request: asked }, () =>
      writeOff(tx, caller, asked),
    ),
  )
  return findWriteOff(database.db, id)
}

async function writeOff(tx: Tx, caller: Caller, asked: Asked): Promise<{ id: string }> {
  const { rows } = await sql<{ isRecalled: boolean }>`
    select hold is not distinct from 'recalled' as "isRecalled" from stock.batch where id = ${asked.id} for share`.execute(
    tx,
  )
  const [batch] = rows
  if (!batch) throw new Refusal('not_found', 'There is no such batch. Look it up in the list.')
  if (batch.isRecalled) {
    throw new Refusal(
      'batch_not_issuable',
      'This batch is recalled. Record what was destroyed on its recall, which accounts for it.',
    )
  }
  const lying = (await lockPositions(tx, [asked.id])).filter(one => one.state === asked.from)
  const taken = takeUnits(lying, asked.units)
  const id = newId()
  const units = taken.reduce((sum, one) => sum + one.units, 0)
  const note = asked.note.trim()
  await sql`
    insert into stock.write_off (id, batch_id, from_state, units, reason, note, by_person)
    values (${id}, ${asked.id}, ${asked.from}, ${units}, ${asked.reason}, ${note}, ${caller.personId}::uuid)`.execute(
    tx,
  )
  const moves = taken.map(one => ({ ...one, units: -one.units }))
  await writeMoves(tx, caller, 'written_off', moves, {
    kind: 'destruction',
    id,
    note: `${asked.reason}: ${note}`,
  })
  return { id }
}

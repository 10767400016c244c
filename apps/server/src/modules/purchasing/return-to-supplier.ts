import type { DebitNote, NewSupplierReturn } from '@janta/contracts'
import { sql } from 'kysely'
import { findBatchExpiries, lockPositions, sendBack } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { emit } from '#kernel/events'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { assertReturnable } from './assert-returnable.ts'
import { findDebitNote } from './find-debit-notes.ts'
import { debitFor, findReturnable } from './returnable.ts'
import { writeDebitNote } from './write-debit-note.ts'

/**
 * Sends goods back to the supplier whose bill brought them: the ledger lets them go and a debit note takes the next
 * number, in one transaction. The same key again answers the same note. Refuses as `assertReturnable` does, and
 * `return_too_much` for more than lies free.
 */
export async function returnToSupplier(
  database: Database,
  caller: Caller,
  key: string,
  asked: NewSupplierReturn,
): Promise<DebitNote> {
  const { id } = await inTransaction(database, caller, tx =>
    once(tx, { scope: `purchasing.return:${caller.personId}`, key, request: asked }, () =>
      writeReturn(tx, caller, asked),
    ),
  )
  return findDebitNote(database.reads, id)
}

async function writeReturn(
  tx: Tx,
  caller: Caller,
  asked: NewSupplierReturn,
): Promise<{ id: string }> {
  const id = newId()
  const batchIds = asked.lines.map(line => line.batchId)
  // Two returns of one batch take turns here, so that the second sees the first's note.
  await lockPositions(tx, batchIds)
  const bought = await findReturnable(tx, batchIds)
  const today = await todayOf(tx)
  assertReturnable(asked, bought, await findBatchExpiries(tx, batchIds), today)
  const short = await sendBack(tx, caller, {
    causeId: id,
    note: `${asked.kind}: ${asked.reason}`.slice(0, 200),
    lines: asked.lines,
  })
  if (short) throw tooMuch(asked, short)
  const lines = asked.lines.map(({ batchId, units }) => ({
    id: newId(),
    batchId,
    units,
    ...debitFor(bought.get(batchId)!, units),
  }))
  await writeDebitNote(tx, caller, { id, ...asked, today, lines })
  await emit(tx, caller, 'purchasing.goods_returned', { debitNoteId: id })
  return { id }
}

function tooMuch(asked: NewSupplierReturn, short: { batchId: string; freeUnits: number }): Refusal {
  const at = asked.lines.findIndex(line => line.batchId === short.batchId)
  return new Refusal(
    'return_too_much',
    `Only ${short.freeUnits} units of a batch lie free here. Send back those, or wait for its orders.`,
    { fields: [{ field: `lines.${at}.units`, message: `${short.freeUnits} lie free` }] },
  )
}

async function todayOf(tx: Tx): Promise<Day> {
  const { rows } = await sql<{ today: Day }>`select kernel.today() as today`.execute(tx)
  return rows[0]!.today
}

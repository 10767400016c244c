import type { DebitNote } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/day'
import type { Tx } from '#kernel/transaction'
import { nextDebitNumber } from './debit-number.ts'

export interface DebitNoteToWrite extends Pick<DebitNote, 'id' | 'supplierId' | 'kind' | 'reason'> {
  readonly today: Day
  readonly lines: readonly {
    readonly id: string
    readonly batchId: string
    readonly units: number
    readonly taxablePaise: number
    readonly gstPaise: number
  }[]
}

/** Writes a debit note with its lines under the next number. */
export async function writeDebitNote(
  tx: Tx,
  caller: Caller,
  note: DebitNoteToWrite,
): Promise<void> {
  const { id, today, lines } = note
  const taxable = lines.reduce((sum, line) => sum + line.taxablePaise, 0)
  const gst = lines.reduce((sum, line) => sum + line.gstPaise, 0)
  await sql`
    insert into purchasing.debit_note (id, number, supplier_id, kind, reason, issued_on, issued_by, taxable_paise,
      gst_paise)
    values (${id}, ${await nextDebitNumber(tx, today)}, ${note.supplierId}, ${note.kind}, ${note.reason}, ${today},
      ${caller.personId}, ${taxable}, ${gst})`.execute(tx)
  await sql`
    insert into purchasing.debit_line (id, debit_note_id, batch_id, units, taxable_paise, gst_paise)
    select line_id, ${id}, batch_id, units, taxable, gst
    from unnest(${lines.map(one => one.id)}::uuid[], ${lines.map(one => one.batchId)}::uuid[],
      ${lines.map(one => one.units)}::integer[], ${lines.map(one => one.taxablePaise)}::bigint[],
      ${lines.map(one => one.gstPaise)}::bigint[]) as line (line_id, batch_id, units, taxable, gst)`.execute(
    tx,
  )
}

import { type DebitNote, purchaseListMax } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { Refusal } from '#kernel/refusal'

interface NoteRow extends Omit<DebitNote, 'totalPaise' | 'lines'> {
  readonly lines: Omit<DebitNote['lines'][number], 'name'>[]
}

const noteColumns = sql`
  debit_note.id, debit_note.number, debit_note.supplier_id as "supplierId", supplier.name as "supplierName",
  debit_note.kind, debit_note.reason, debit_note.issued_on as "issuedOn",
  debit_note.taxable_paise as "taxablePaise", debit_note.gst_paise as "gstPaise",
  (
    select json_agg(json_build_object('batchId', debit_line.batch_id, 'medicineId', bill_line.pack_id,
      'billNumber', bill.bill_number, 'units', debit_line.units, 'taxablePaise', debit_line.taxable_paise,
      'gstPaise', debit_line.gst_paise) order by debit_line.id)
    from purchasing.debit_line
    join purchasing.bill_line on bill_line.batch_id = debit_line.batch_id
    join purchasing.bill on bill.id = bill_line.bill_id
    where debit_line.debit_note_id = debit_note.id
  ) as lines`

/** Debit notes, newest first, at most `purchaseListMax`. */
export async function findDebitNotes(
  db: Reader,
  query: { supplierId?: string },
): Promise<{ items: DebitNote[] }> {
  const { rows } = await sql<NoteRow>`
    select ${noteColumns}
    from purchasing.debit_note join purchasing.supplier on supplier.id = debit_note.supplier_id
    where ${query.supplierId ?? null}::uuid is null or debit_note.supplier_id = ${query.supplierId ?? null}
    order by debit_note.issued_at desc, debit_note.id desc limit ${purchaseListMax}`.execute(db)
  return { items: await withNames(db, rows) }
}

/** One debit note, or `not_found`. */
export async function findDebitNote(db: Reader, id: string): Promise<DebitNote> {
  const { rows } = await sql<NoteRow>`
    select ${noteColumns}
    from purchasing.debit_note join purchasing.supplier on supplier.id = debit_note.supplier_id
    where debit_note.id = ${id}`.execute(db)
  const [note] = await withNames(db, rows)
  if (!note) throw new Refusal('not_found', 'There is no such debit note.')
  return note
}

const packsReadMax = 2_000

async function withNames(db: Reader, rows: readonly NoteRow[]): Promise<DebitNote[]> {
  const ids = new Set(rows.flatMap(row => row.lines.map(line => line.medicineId)))
  const packs = await findPacks(db, [...ids].slice(0, packsReadMax))
  return rows.map(row => ({
    ...row,
    totalPaise: row.taxablePaise + row.gstPaise,
    lines: row.lines.map(line => ({ ...line, name: packs.get(line.medicineId)?.name ?? '' })),
  }))
}

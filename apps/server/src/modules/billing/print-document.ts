import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import type { Files } from '#kernel/files'
import { drawDocument } from './draw-document.ts'
import { findPrintedCreditNote, findPrintedInvoice } from './find-printed-document.ts'

/**
 * Draws an issued document and puts it where nothing can change it: the key names number and hash, a bucket that locks
 * its objects keeps it, and its row is written once. Asked again, it answers without drawing.
 */
export async function printDocument(
  database: Database,
  files: Files,
  { kind, id }: { kind: 'invoice' | 'credit_note'; id: string },
): Promise<void> {
  const { db } = database
  const { rows } = await sql`select from billing.document_file where document_id = ${id}`.execute(
    db,
  )
  if (rows.length > 0) return
  const find = kind === 'invoice' ? findPrintedInvoice : findPrintedCreditNote
  const document = await find(db, id)
  assert(document, `there is no ${kind} to print`)
  const bytes = await drawDocument(document)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const { gstin } = document.seller
  const key = `issued/${gstin}/${document.number.replaceAll('/', '-')}-${sha256.slice(0, 16)}.pdf`
  const options = { contentType: 'application/pdf', ifAbsent: true }
  const stored = await files.of('invoices').put(key, bytes, options)
  assert.equal(stored, 'stored', `other bytes lie under the hash of ${document.number}`)
  await sql`
    insert into billing.document_file (document_id, key, sha256, bytes)
    values (${id}, ${key}, ${sha256}, ${bytes.length}) on conflict (document_id) do nothing`.execute(
    db,
  )
}

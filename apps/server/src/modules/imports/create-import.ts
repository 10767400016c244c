import { importBytesMax, type ImportKind } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Files } from '#kernel/files'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'

const uploadSeconds = 900
// One type for all: what a file is, its bytes say, and a browser's guess would only refuse good lists.
const contentType = 'application/octet-stream'

interface NewImport {
  readonly kind: ImportKind
  readonly source: string
  readonly fileName: string
  readonly bytes: number
}

/**
 * Begins an import and answers the form with which the browser stores its file, at most 64 MB, straight in the file
 * store. Refuses `import_file_too_large`.
 */
export async function createImport(
  { database, files }: { database: Database; files: Files },
  call: { caller: Caller; idempotencyKey: string; body: NewImport },
) {
  const { caller, idempotencyKey, body } = call
  if (body.bytes === 0 || body.bytes > importBytesMax) {
    throw new Refusal(
      'import_file_too_large',
      body.bytes === 0
        ? 'The file is empty. Export the list again.'
        : 'The file is larger than 64 MB. Compress it with gzip, or split it.',
    )
  }
  const { id } = await inTransaction(database, caller, tx =>
    once(
      tx,
      { scope: `imports:${caller.personId}`, key: idempotencyKey, request: body },
      async () => {
        const run = newId()
        await sql`
          insert into imports.run (id, kind, source, file_name, file_key, created_by)
          values (${run}, ${body.kind}, ${body.source.trim()}, ${body.fileName}, ${`uploads/imports/${run}`},
            ${caller.personId})`.execute(tx)
        return { id: run }
      },
    ),
  )
  const { url, forms } = await files.of('quarantine').presignPost({
    key: `uploads/imports/${id}`,
    contentTypes: [contentType],
    bytesMax: importBytesMax,
    seconds: uploadSeconds,
  })
  return { id, upload: { url, fields: { ...forms[0]?.fields } } }
}

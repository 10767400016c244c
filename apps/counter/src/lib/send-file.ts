import type { ReplyOf } from '@janta/contracts'
import { createImport } from '@janta/contracts'

type Upload = ReplyOf<typeof createImport>['upload']

const uploadMsMax = 600_000

/** Sends the file straight to the file store with the form the API signed. Throws when it did not arrive. */
export async function sendFile(upload: Upload, file: File): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value)
  form.append('file', file)
  const answer = await fetch(upload.url, {
    method: 'POST',
    body: form,
    credentials: 'omit',
    signal: AbortSignal.timeout(uploadMsMax),
  })
  if (!answer.ok) throw new Error(`the file store answered ${answer.status}`)
}

/** Offers a text as a file to save. The mark at its beginning tells Excel that it is UTF-8. */
export function saveCsv(name: string, csv: string): void {
  saveFile(name, new Blob(['\ufeff', csv], { type: 'text/csv' }))
}

/** Offers something made in the browser as a file to save. */
export function saveFile(name: string, file: Blob): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

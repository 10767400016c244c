import type { FileContent } from '@janta/contracts'
import { saveFile } from './send-file.ts'

/** Saves a paper the API made as a file. */
export function savePaper({ name, contentType, base64 }: FileContent): void {
  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
  saveFile(name, new Blob([bytes], { type: contentType }))
}

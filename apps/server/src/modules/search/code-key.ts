import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folders = [import.meta.dirname, join(import.meta.dirname, '../catalogue')]
const filesMax = 1_000

/**
 * A hash of the code that makes an index of rows, and rows of the catalogue: what one process kept is read by another
 * only where it would have built the same. It takes in more files than need be, because a rebuild too many costs
 * seconds and one too few would show wrong medicines.
 */
export function codeKey(): string {
  const hash = createHash('sha256').update(process.version)
  for (const folder of folders) {
    const files = readdirSync(folder).filter(
      name => name.endsWith('.ts') && !name.includes('.test.'),
    )
    if (files.length === 0 || files.length > filesMax)
      throw new Error(`${folder} holds no code to know an index by`)
    for (const name of files.sort())
      hash
        .update(name)
        .update('\0')
        .update(readFileSync(join(folder, name)))
        .update('\0')
  }
  return hash.digest('base64url')
}

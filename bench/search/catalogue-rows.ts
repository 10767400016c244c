import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { CatalogueRow } from '../search-held-out.ts'

/** The text of a catalogue file, unpacked where its name ends in .gz. */
export function readCatalogue(file: string): string {
  const bytes = readFileSync(file)
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

/** The rows of a catalogue's text, by column name. */
export function* csvRows(text: string): Generator<CatalogueRow> {
  let header: string[] | undefined
  let cells: string[] = []
  for (let i = 0; i < text.length; i++) {
    const isQuoted = text[i] === '"'
    let end = isQuoted ? i + 1 : i
    if (isQuoted)
      while (text[end] !== '"' || text[end + 1] === '"') end += text[end] === '"' ? 2 : 1
    else while (text[end] !== ',' && text[end] !== '\n' && end < text.length) end++
    cells.push(
      isQuoted ? text.slice(i + 1, end).replaceAll('""', '"') : text.slice(i, end).trimEnd(),
    )
    i = isQuoted ? end + 1 : end
    if (text[i] === ',') continue
    if (header) yield Object.fromEntries(header.map((name, k) => [name, cells[k] ?? '']))
    else header = cells
    cells = []
  }
}

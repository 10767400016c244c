import sax from 'sax'
import { columnsMax, recordBytesMax, type TableRow } from '#kernel/table-row'
import { UnreadableFile } from '#kernel/unreadable-file'

export type Xml = AsyncIterable<Buffer>

interface Handlers {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/** Feeds XML to the handlers piece by piece and yields after each piece. Entities of its own are never expanded. */
async function* parsed(xml: Xml | undefined, handlers: Handlers): AsyncGenerator<void> {
  if (!xml) return
  const parser = sax.parser(true, { trim: false })
  parser.onopentag = ({ name, attributes }) =>
    handlers.open?.(local(name), attributes as Record<string, string>)
  parser.ontext = text => handlers.text?.(text)
  parser.oncdata = text => handlers.text?.(text)
  parser.onclosetag = name => handlers.close?.(local(name))
  parser.ondoctype = () => {
    throw new UnreadableFile('The workbook declares a document type, which no spreadsheet does.')
  }
  parser.onerror = error => {
    throw error
  }
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of xml) {
    parser.write(decoder.decode(chunk, { stream: true }))
    yield
  }
  parser.write(decoder.decode()).close()
  yield
}

async function parse(xml: Xml | undefined, handlers: Handlers): Promise<void> {
  for await (const _ of parsed(xml, handlers));
}

const local = (name: string) => name.slice(name.indexOf(':') + 1)

/** Where the first visible sheet lies under `xl/`, and whether its days count from 1904. */
export async function readWorkbook(
  workbook: Xml | undefined,
  relations: Xml | undefined,
): Promise<{ sheet: string; is1904: boolean }> {
  const sheets: string[] = []
  let is1904 = false
  await parse(workbook, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attributes['date1904'] ?? '')
      if (name !== 'sheet' || (attributes['state'] ?? 'visible') !== 'visible') return
      const id = Object.entries(attributes).find(([key]) => key !== 'id' && local(key) === 'id')
      sheets.push(id?.[1] ?? '')
    },
  })
  const targets = new Map<string, string>()
  await parse(relations, {
    open(name, attributes) {
      if (name !== 'Relationship') return
      const target = (attributes['Target'] ?? '').replace(/^\/?(xl\/)?/, '')
      targets.set(attributes['Id'] ?? '', target)
    },
  })
  const sheet = targets.get(sheets[0] ?? '')
  if (!sheet) throw new UnreadableFile('The workbook has no visible sheet.')
  return { sheet, is1904 }
}

const stringsMax = 2_000_000

/** The texts cells refer to by number. */
export async function readStrings(xml: Xml | undefined): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let isText = false
  let isPhonetic = false
  await parse(xml, {
    open(name) {
      if (name === 'si') text = ''
      if (name === 'rPh') isPhonetic = true
      isText = name === 't' && !isPhonetic
    },
    text(piece) {
      if (isText) text = grown(text, piece)
    },
    close(name) {
      isText = false
      if (name === 'rPh') isPhonetic = false
      if (name === 'si' && strings.push(text) > stringsMax)
        throw new UnreadableFile('The workbook holds too many texts. Save the sheet as CSV.')
    },
  })
  return strings
}

/** Which cell styles show a number as a date. */
export async function readDateStyles(xml: Xml | undefined): Promise<ReadonlySet<number>> {
  const custom = new Map<number, boolean>()
  const styles = new Set<number>()
  let at = -1
  await parse(xml, {
    open(name, attributes) {
      const id = Number(attributes['numFmtId'])
      if (name === 'numFmt') custom.set(id, looksLikeDate(attributes['formatCode'] ?? ''))
      if (name === 'cellXfs') at = 0
      if (name !== 'xf' || at < 0) return
      if ((id >= 14 && id <= 17) || id === 22 || custom.get(id)) styles.add(at)
      at++
    },
    close(name) {
      if (name === 'cellXfs') at = -1
    },
  })
  return styles
}

function looksLikeDate(format: string): boolean {
  return /[dy]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))
}

interface SheetContext {
  readonly strings: readonly string[]
  readonly dates: ReadonlySet<number>
  readonly is1904: boolean
}

/** Rows of a sheet with their numbers in it; empty rows are left out, empty cells are ''. */
export async function* readSheet(xml: Xml, context: SheetContext): AsyncGenerator<TableRow> {
  const ready: TableRow[] = []
  const row = { line: 0, cells: [] as string[], bytes: 0 }
  let cell = { column: 0, type: '', style: 0, value: '' }
  let isValue = false
  const finished = parsed(xml, {
    open(name, attributes) {
      if (name === 'row') {
        row.line = Number(attributes['r'] ?? row.line + 1)
        row.cells = []
        row.bytes = 0
      } else if (name === 'c') {
        const column = columnOf(attributes['r']) ?? row.cells.length
        const type = attributes['t'] ?? 'n'
        cell = { column, type, style: Number(attributes['s'] ?? -1), value: '' }
      }
      isValue = name === 'v' || name === 't'
    },
    text(piece) {
      if (isValue) cell.value = grown(cell.value, piece)
    },
    close(name) {
      isValue = false
      if (name === 'c') put(row, cell.column, shown(cell, context))
      if (name === 'row' && row.cells.some(one => one.trim() !== ''))
        ready.push({ line: row.line, cells: row.cells })
    },
  })
  for await (const _ of finished) yield* ready.splice(0)
}

function put(row: { line: number; cells: string[]; bytes: number }, column: number, text: string) {
  if (column >= columnsMax && text === '') return
  if (column >= columnsMax) {
    throw new UnreadableFile(
      `The row on line ${row.line} has more than ${columnsMax} columns. Is the sheet a list?`,
    )
  }
  row.bytes += text.length
  if (row.bytes > recordBytesMax)
    throw new UnreadableFile(`The row on line ${row.line} holds more than 64 KB of text.`)
  while (row.cells.length < column) row.cells.push('')
  row.cells[column] = text
}

function grown(text: string, piece: string): string {
  if (text.length + piece.length > recordBytesMax)
    throw new UnreadableFile('A cell of the workbook holds more than 64 KB of text.')
  return text + piece
}

/** "AB12" is column 27. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,4}/.exec(reference ?? '')?.[0]
  if (!letters) return undefined
  let column = 0
  for (let at = 0; at < letters.length; at++) column = column * 26 + letters.charCodeAt(at) - 64
  return column - 1
}

const digitsShown = 15
const msOfDay = 86_400_000

function shown(
  cell: { type: string; style: number; value: string },
  { strings, dates, is1904 }: SheetContext,
): string {
  const { type, value } = cell
  if (type === 's') return strings[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type !== 'n' || value === '') return value
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  if (dates.has(cell.style) && number > 0 && number < 2_958_466) {
    // Day 25,569 of a spreadsheet is 1 January 1970; counting from 1904 begins 1,462 days later.
    const days = Math.floor(number) - 25_569 + (is1904 ? 1_462 : 0)
    return new Date(days * msOfDay).toISOString().slice(0, 10)
  }
  // Excel stores 30.91 as 30.910000000000004 and shows fifteen digits.
  return String(Number(number.toPrecision(digitsShown)))
}

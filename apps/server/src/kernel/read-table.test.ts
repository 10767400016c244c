import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { fileInMemory, sha256Of } from '#kernel/file-bytes'
import { openTable } from '#kernel/read-table'
import { UnreadableFile } from '#kernel/unreadable-file'
import { workbookOf, zipOf } from './zip-for-tests.ts'

const text = 'name,mrp\nCafé Gel,₹ 20\n"Two, lines\nTablet",5\n'
const rows = [
  ['name', 'mrp'],
  ['Café Gel', '₹ 20'],
  ['Two, lines\nTablet', '5'],
]

async function read(bytes: Buffer): Promise<string[][]> {
  const table = await openTable(fileInMemory('list', bytes))
  return (await Array.fromAsync(table.rows())).map(row => [...row.cells])
}

async function refused(bytes: Buffer, sentence: RegExp): Promise<void> {
  await assert.rejects(read(bytes), (error: unknown) => {
    assert(error instanceof UnreadableFile, String(error))
    assert.match(error.message, sentence)
    return true
  })
}

const mark = (hex: string) => Buffer.from(hex, 'hex')
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()

describe('a CSV in any encoding a spreadsheet saves', () => {
  const encodings: [string, Buffer][] = [
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.concat([mark('efbbbf'), Buffer.from(text)])],
    ['UTF-16 with its mark', Buffer.concat([mark('fffe'), Buffer.from(text, 'utf16le')])],
    ['UTF-16 without one', Buffer.from(text, 'utf16le')],
    [
      'UTF-16 the other way round',
      Buffer.concat([mark('feff'), swapped(Buffer.from(text, 'utf16le'))]),
    ],
    ['gzipped UTF-8', gzipSync(text)],
    ['UTF-8 with tabs', Buffer.from(text.replace('Two, ', 'Two; ').replaceAll(',', '\t'))],
  ]
  for (const [name, bytes] of encodings) {
    test(`${name} is read as it was written`, async () => {
      const expected = name.includes('tabs')
        ? [...rows.slice(0, 2), ['Two; lines\nTablet', '5']]
        : rows
      assert.deepEqual(await read(bytes), expected)
    })
  }
  test('Windows-1252 is known by not being UTF-8', async () => {
    const bytes = Buffer.from('name;mrp\nCaf\u00e9 \u0080;20', 'latin1')
    assert.deepEqual(await read(bytes), [
      ['name', 'mrp'],
      ['Café €', '20'],
    ])
  })
  test('a byte that is text in no encoding is refused, wherever it stands', async () => {
    await refused(Buffer.from('name,mrp\nA\u0000B,20'), /not text/)
    const late = Buffer.concat([Buffer.from(text.repeat(5_000)), mark('e981')])
    await refused(late, /not text/)
  })
  test('the same bytes have the same SHA-256, other bytes another', async () => {
    const sha = (bytes: string) => sha256Of(fileInMemory('a', Buffer.from(bytes)))
    assert.equal(await sha(text), await sha(text))
    assert.notEqual(await sha(text), await sha(`${text} `))
  })
})

describe('an XLSX workbook', () => {
  test('its first visible sheet gives texts, numbers as shown, dates, truths and gaps', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    const sheet =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>MRP &amp; more</t></is></c></row>' +
      '<row r="2"/>' +
      '<row r="4"><c r="A4"><v>30.910000000000004</v></c><c r="B4" t="b"><v>1</v></c><c r="C4" s="1"><v>45658</v></c><c r="D4" t="str"><f>A4</f><v>=1</v></c></row>'
    const bytes = workbookOf(sheet, { strings: ['नाम'], styles })
    assert.deepEqual(await read(bytes), [
      ['नाम', '', 'MRP & more'],
      ['30.91', 'TRUE', '2025-01-01', '=1'],
    ])
  })
  const bombs: [string, Buffer, RegExp][] = [
    [
      'a sheet that claims to unpack to gigabytes',
      zipOf(
        { 'xl/workbook.xml': '<w/>', 'xl/_rels/workbook.xml.rels': '<r/>' },
        { 'xl/workbook.xml': 4_000_000_000 },
      ),
      /more than a list can be/,
    ],
    [
      'a part that unpacks to more than it claims',
      zipOf({ 'xl/workbook.xml': `<w>${' '.repeat(100_000)}</w>` }, { 'xl/workbook.xml': 100 }),
      /damaged/,
    ],
    [
      'entities that grow',
      workbookOf('', {
        parts: { 'xl/sharedStrings.xml': '<!DOCTYPE a [<!ENTITY b "bb">]><sst>&b;</sst>' },
      }),
      /document type/,
    ],
    [
      'a cell of ten megabytes',
      workbookOf(`<row><c t="str"><v>${'x'.repeat(10_000_000)}</v></c></row>`),
      /64 KB/,
    ],
    ['a column far to the right', workbookOf('<row><c r="XFD1"><v>1</v></c></row>'), /columns/],
    ['no sheet', workbookOf('', { parts: { 'xl/workbook.xml': '<w/>' } }), /no visible sheet/],
    ['broken XML', workbookOf('<row><c></row>'), /damaged/],
    ['no workbook in the zip', zipOf({ 'a.txt': 'a' }), /no XLSX workbook/],
    ['its end cut off', workbookOf('<row/>').subarray(0, 300), /damaged/],
    ['the format of 1997', mark('d0cf11e0a1b11ae1'), /\.xls workbook/],
  ]
  for (const [what, bytes, sentence] of bombs) {
    test(`with ${what} it is refused with a sentence`, () => refused(bytes, sentence))
  }
})

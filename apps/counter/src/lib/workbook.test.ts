import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListTooLong, walkPages } from './export-list.ts'
import { workbookOf } from './workbook.ts'

async function* onePage(rows: readonly (readonly (string | number)[])[]) {
  yield rows
}

/** The parts of a zip whose files are only stored, by name. */
async function partsOf(blob: Blob): Promise<Map<string, string>> {
  const bytes = Buffer.from(await blob.arrayBuffer())
  const parts = new Map<string, string>()
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4)) {
    const [size, nameLength] = [bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28)]
    const local = bytes.readUInt32LE(at + 42)
    assert.equal(bytes.readUInt16LE(local + 8), 0, 'a part is compressed')
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    parts.set(name, bytes.toString('utf8', from, from + size))
  }
  return parts
}

test('a workbook keeps texts as texts and numbers as numbers, and runs no formula', async () => {
  const rows = [
    ['=cmd|calc!A1', 12.5, 'दवा <&> "x"\u0000'],
    ['@x', 0, '-1'],
  ]
  const book = await workbookOf({
    name: 'x',
    header: ['Name', 'Amount', 'Note'],
    pages: () => onePage(rows),
  })
  const parts = await partsOf(book)
  assert.deepEqual([...parts.keys()].sort(), [
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
  ])
  const sheet = parts.get('xl/worksheets/sheet1.xml') ?? ''
  assert.equal(sheet.match(/<row>/g)?.length, 3)
  assert.ok(!sheet.includes('<f>'), 'a formula was written')
  assert.ok(sheet.includes('<t xml:space="preserve">=cmd|calc!A1</t>'))
  assert.ok(sheet.includes('<v>12.5</v>'))
  assert.ok(sheet.includes('दवा &lt;&amp;&gt; "x"<'))
})

test('a list is walked to its last page, each page once', async () => {
  const asked: (string | undefined)[] = []
  const pages = walkPages(async after => {
    asked.push(after)
    return { items: [asked.length], next: asked.length < 3 ? `page ${asked.length + 1}` : null }
  })
  const seen: number[] = []
  for await (const items of pages) seen.push(...items)
  assert.deepEqual(seen, [1, 2, 3])
  assert.deepEqual(asked, [undefined, 'page 2', 'page 3'])
})

test('a list beyond a million rows is refused, never cut in silence', async () => {
  const page = Array.from({ length: 500_000 }, () => 0)
  const walk = async (last: string | null) => {
    let asked = 0
    let rows = 0
    for await (const items of walkPages(async () => ({
      items: page,
      next: ++asked < 2 ? 'on' : last,
    })))
      rows += items.length
    return rows
  }
  assert.equal(await walk(null), 1_000_000)
  await assert.rejects(walk('on'), ListTooLong)
})

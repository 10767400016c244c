import { crc32, deflateRawSync } from 'node:zlib'

/** A zip of these parts; `claims` lets a part lie about its unpacked size, as a bomb does. */
export function zipOf(
  parts: Readonly<Record<string, string | Buffer>>,
  claims: Readonly<Record<string, number>> = {},
): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, contents] of Object.entries(parts)) {
    const plain = Buffer.from(contents)
    const packed = deflateRawSync(plain)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claims[name] ?? plain.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([mark('PK\u0003\u0004'), common, Buffer.from(name), packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    central.push(mark('PK\u0001\u0002'), Buffer.from([20, 0]), common, rest, Buffer.from(name))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(central)
  const count = Object.keys(parts).length
  const end = Buffer.alloc(18)
  end.writeUInt16LE(count, 4)
  end.writeUInt16LE(count, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...locals, directory, mark('PK\u0005\u0006'), end])
}

const mark = (text: string) => Buffer.from(text, 'latin1')

/** An XLSX workbook of one sheet with these rows' XML and shared texts. */
export function workbookOf(
  rowsXml: string,
  more: { strings?: readonly string[]; styles?: string; parts?: Record<string, string> } = {},
): Buffer {
  const strings = (more.strings ?? []).map(text => `<si><t>${text}</t></si>`).join('')
  return zipOf({
    'xl/workbook.xml':
      '<workbook xmlns:r="x"><sheets><sheet name="h" state="hidden" r:id="r0"/><sheet name="L" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r0" Target="worksheets/none.xml"/><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
    'xl/styles.xml': more.styles ?? '<styleSheet/>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rowsXml}</sheetData></worksheet>`,
    ...more.parts,
  })
}

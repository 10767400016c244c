import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import type { FileBytes } from '#kernel/file-bytes'
import type { TableRow } from '#kernel/table-row'
import { describeFileTrouble, UnreadableFile } from '#kernel/unreadable-file'
import { readSheet, readStrings, readDateStyles, readWorkbook, type Xml } from '#kernel/xlsx-parts'

export interface Workbook {
  rows(): AsyncIterable<TableRow>
}

const entriesMax = 2_000
/** Sizes when unpacked: a zip of 10 MB can claim terabytes, and what it claims is checked while it is read. */
const sheetBytesMax = 400 * 1024 * 1024
const partBytesMax = 96 * 1024 * 1024

/** Opens the first visible sheet of a workbook. Throws `UnreadableFile` for what is no workbook, encrypted or a bomb. */
export async function openWorkbook(file: FileBytes): Promise<Workbook> {
  const zip = await opened(file)
  const part = (name: string) => zip.part(name, partBytesMax)
  try {
    const { sheet, is1904 } = await readWorkbook(
      await part('xl/workbook.xml'),
      await part('xl/_rels/workbook.xml.rels'),
    )
    const strings = await readStrings(await part('xl/sharedStrings.xml'))
    const dates = await readDateStyles(await part('xl/styles.xml'))
    return {
      async *rows() {
        try {
          const xml = await zip.part(`xl/${sheet}`, sheetBytesMax)
          if (!xml) throw noWorkbook()
          yield* readSheet(xml, { strings, dates, is1904 })
        } catch (error) {
          throw inWords(error, file.name)
        }
      },
    }
  } catch (error) {
    throw inWords(error, file.name)
  }
}

interface Zip {
  part(name: string, bytesMax: number): Promise<Xml | undefined>
}

async function opened(file: FileBytes): Promise<Zip> {
  const entries = new Map<string, Entry>()
  let zip: ZipFile
  try {
    zip = await fromBufferPromise(await file.whole(), { lazyEntries: true, autoClose: false })
    if (zip.entryCount > entriesMax) throw tooLarge()
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  } catch (error) {
    throw inWords(error, file.name)
  }
  if (!entries.has('xl/workbook.xml')) throw noWorkbook()
  return {
    async part(name, bytesMax) {
      const entry = entries.get(name)
      if (!entry) return undefined
      if (entry.isEncrypted())
        throw new UnreadableFile('The workbook has a password. Save it without one.')
      if (entry.uncompressedSize > bytesMax) throw tooLarge()
      return await zip.openReadStreamPromise(entry)
    },
  }
}

const noWorkbook = () =>
  new UnreadableFile('The file is a zip but no XLSX workbook. Save the list as .xlsx or CSV.')
const tooLarge = () =>
  new UnreadableFile('The workbook unpacks to more than a list can be. Save the sheet as CSV.')

/** A zip or its XML is broken in many ways, and all of them mean the same to the person who sent it. */
function inWords(error: unknown, name: string): unknown {
  const isPacking = (error as { code?: string }).code?.startsWith('Z_') === true
  const told = isPacking ? error : describeFileTrouble(error, name)
  if (told instanceof UnreadableFile) return told
  const isFileFault = error instanceof Error && error.constructor === Error
  if (!isFileFault) return error
  return new UnreadableFile('The workbook is damaged. Open it, save it again and upload it.', {
    cause: error,
  })
}

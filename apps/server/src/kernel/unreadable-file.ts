import { basename } from 'node:path'

/** A file somebody gave us cannot be read; the sentence says why and what to do. Nothing of it was imported. */
export class UnreadableFile extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'UnreadableFile'
  }
}

const sentences: Readonly<Record<string, (where: string) => string>> = {
  ENOENT: () => 'There is no such file. Check the path.',
  EISDIR: () => 'That is a folder. Name the CSV file itself.',
  EACCES: () => 'The file may not be read. Check its permissions.',
  Z_BUF_ERROR: () => 'The gzip file is cut off before its end. Copy or download it again.',
  Z_DATA_ERROR: () => 'The gzip file is damaged. Copy or download it again.',
  ERR_ENCODING_INVALID_ENCODED_DATA: () =>
    'The text of the file is damaged. Save the list as "CSV UTF-8" and try again.',
  CSV_QUOTE_NOT_CLOSED: where => `A quotation mark opened${where} is never closed. Close it.`,
  CSV_INVALID_CLOSING_QUOTE: where =>
    `After a closing quotation mark${where} comes something else than a comma. Double the quotes inside a cell.`,
  INVALID_OPENING_QUOTE: where =>
    `A quotation mark stands in the middle of a cell${where}. Put the whole cell in quotes and double it.`,
  CSV_MAX_RECORD_SIZE: where =>
    `A row${where} is longer than 64 KB: a quotation mark is not closed, or a cell holds what is not a medicine.`,
}

/** Turns what the disk, gzip, zip, the decoder or the parsers threw into a sentence; a bug stays what it is. */
export function describeFileTrouble(error: unknown, path: string): unknown {
  if (error instanceof UnreadableFile) return error
  const { code, lines } = error as { code?: string; lines?: number }
  const sentence = code ? sentences[code] : undefined
  if (!sentence) return error
  const where = lines === undefined ? '' : ` near line ${lines}`
  return new UnreadableFile(`${basename(path)}: ${sentence(where)}`, { cause: error })
}

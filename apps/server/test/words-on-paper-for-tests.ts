import { createRequire } from 'node:module'

// The same copy the pen draws with.
const PDFDocument = createRequire(import.meta.url)('pdfkit') as typeof import('pdfkit')

/** Everything that is written on the pages of whatever PDF is drawn meanwhile, in the order it is written. */
export async function wordsOnPaper(draw: () => Promise<unknown>): Promise<string> {
  const written: string[] = []
  const { text } = PDFDocument.prototype
  PDFDocument.prototype.text = function (this: PDFKit.PDFDocument, ...given: never[]) {
    written.push(String(given[0]))
    return text.apply(this, given)
  } as typeof text
  try {
    await draw()
  } finally {
    PDFDocument.prototype.text = text
  }
  return written.join('\n')
}

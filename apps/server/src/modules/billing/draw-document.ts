import assert from 'node:assert/strict'
import { drawFoot, drawMargins } from './draw-foot.ts'
import { drawHead } from './draw-head.ts'
import { drawLines } from './draw-lines.ts'
import { sayFor, words } from './document-words.ts'
import { openPen } from './page-pen.ts'
import type { PrintedDocument } from './printed-document.ts'

/**
 * The PDF of an invoice or a credit note: the memo of rule 65(4)(3) and the invoice of GST rules 46, 46A, 49 and 53 in
 * one. Nothing but the document decides its bytes: no clock, no random mark.
 */
export async function drawDocument(document: PrintedDocument): Promise<Buffer> {
  assert(document.layout === 1, `layout ${document.layout} is not known to this release`)
  const say = sayFor(document)
  const pen = openPen({
    title: `${words[document.kind][0]} ${document.number}`,
    author: document.seller.legalName,
    at: document.issuedAt,
  })
  const linesFrom = drawHead(pen, document, say)
  const linesTo = drawLines(pen, document, say, linesFrom)
  drawFoot(pen, document, say, linesTo)
  drawMargins(pen, document, say)
  return await pen.finish()
}

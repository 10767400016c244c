import type { FileContent, ReplyOf, getSupply } from '@janta/contracts'
import type { Reader } from '#modules/catalogue'
import { findSuppliedPages } from '#modules/prescriptions'
import { Refusal } from '#kernel/refusal'
import type { LabelLanguage } from './directions-words.ts'
import { drawLabels } from './draw-labels.ts'
import { drawSlip } from './draw-slip.ts'
import { findSupply } from './find-supply.ts'

/** Which papers a signed-off order has. Refuses `not_found`. */
export async function findPapers(db: Reader, orderId: string): Promise<ReplyOf<typeof getSupply>> {
  const { items, invoice } = await findSupply(db, orderId)
  const papers = items.flatMap(({ paper }) => (paper && !paper.isVoid ? [paper] : []))
  return {
    language: invoice.language,
    hasLabels: papers.length > 0,
    prescriptionFiles: (await findSuppliedPages(db, orderId)).length,
    prescriptionIds: [...new Set(papers.map(paper => paper.prescriptionId))],
  }
}

/** The labels, in the order's language unless another is asked for, or the slip of a signed-off order as PDF. Refuses `not_found`. */
export async function printPaper(
  db: Reader,
  {
    orderId,
    paper,
    language,
  }: { orderId: string; paper: 'labels' | 'slip'; language?: LabelLanguage | undefined },
): Promise<FileContent> {
  const supply = await findSupply(db, orderId)
  const bytes =
    paper === 'slip'
      ? await drawSlip(supply)
      : await drawLabels(supply, language ?? supply.invoice.language)
  if (!bytes) {
    throw new Refusal(
      'not_found',
      'Nothing of this order was supplied on a prescription, so it has no labels.',
    )
  }
  const number = supply.invoice.number.replaceAll('/', '-')
  return {
    name: `${paper}-${number}.pdf`,
    contentType: 'application/pdf',
    base64: bytes.toString('base64'),
  }
}

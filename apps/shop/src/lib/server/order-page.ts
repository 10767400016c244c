import { type Order, prescriptionReasons, readyQuestions } from '@janta/contracts'
import type { Locale } from '@janta/ui/i18n.ts'
import type { Api } from './api.ts'
import { packNames } from './pack-names.ts'
import { piecesOf } from './piece-words.ts'

/** An order as its page shows it: with its money, its bills and what the pharmacist asks. */
export async function readOrder(api: Api, id: string, locale: Locale) {
  const order = await api.getOrder({ params: { id } })
  const [payment, documents, told, questions] = await Promise.all([
    // An order paid online has no payment before it asks for one.
    order.payment ? api.getPayment({ params: { id } }) : null,
    api.listMyOrderDocuments({ params: { id } }),
    api.listMyOrderNotices({ params: { id } }),
    order.lines.some(line => line.needsPrescription) ? api.listMyQuestions({}) : null,
  ])
  return {
    order,
    refunds: payment?.refunds ?? [],
    documents: documents.items,
    notices: told.items,
    questions: (questions?.items ?? [])
      .filter(({ orderId }) => orderId === id)
      .map(({ id, code, words, answer }) => ({
        id,
        question: [readyQuestions[code][locale], words].filter(Boolean).join(' '),
        answer,
      })),
    reasons: reasonsOf(order, locale),
    pieces: piecesOf(order, locale),
    packs: packNames(
      order.lines.map(line => line.packLabel),
      locale,
    ),
  }
}

/** The customer's words for why less was approved, by medicine. */
function reasonsOf(order: Order, locale: Locale): Record<string, string> {
  const known: Record<string, { en: string; hi: string }> = prescriptionReasons
  return Object.fromEntries(
    order.lines.flatMap(({ medicineId, verdict }) => {
      const words = verdict?.code ? known[verdict.code]?.[locale] : undefined
      return words ? [[medicineId, words]] : []
    }),
  )
}

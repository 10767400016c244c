import type { Order } from '@janta/contracts'
import type { Locale } from '@janta/ui/i18n.ts'
import { packInHindi } from '@janta/ui/pack-words.ts'
import { pieceLabel } from '@janta/ui/piece-label.ts'

interface Piece {
  /** What she gets of the line as the order stands. */
  readonly bought?: string
  /** What a pharmacist approved of it. */
  readonly approved?: string
}

const words = {
  en: {
    bought: (amount: string, strips: number) =>
      strips === 1
        ? `${amount}, cut from a strip`
        : `${amount}: ${strips} strips, the last one cut`,
    approved: (amount: string) => `${amount}: a strip is cut, and you pay for these only`,
  },
  hi: {
    bought: (amount: string, strips: number) =>
      strips === 1 ? `${amount}, पत्ते से काटकर` : `${amount}: ${strips} पत्ते, आख़िरी काटकर`,
    approved: (amount: string) => `${amount}: एक पत्ता काटा जाएगा, और पैसे सिर्फ़ इतनी के लगेंगे`,
  },
} as const

/** How much there is of lines whose last strip is cut, in the words of the page, by medicine. */
export function piecesOf(order: Pick<Order, 'lines'>, locale: Locale): Record<string, Piece> {
  const say = words[locale]
  return Object.fromEntries(
    order.lines.flatMap(({ medicineId, packLabel, units, quantity, verdict }) => {
      const amountOf = (some: number) => {
        const label = pieceLabel(packLabel, some)
        return (locale === 'hi' ? packInHindi(label) : null) ?? label
      }
      const approvedUnits = verdict?.approvedUnits
      const piece: Piece = {
        ...(units === undefined ? {} : { bought: say.bought(amountOf(units), quantity) }),
        ...(approvedUnits === undefined ? {} : { approved: say.approved(amountOf(approvedUnits)) }),
      }
      return Object.keys(piece).length > 0 ? [[medicineId, piece]] : []
    }),
  )
}

import type { SaleLaw } from '#modules/catalogue'
import type { MedicineIndex } from './medicine-index.ts'

/**
 * Brings today's law into an index in use: every kind of pack is judged once, whatever their number, so that a ban or
 * a switch thrown is in the answers at once. Prices are not judged: no ban and no switch changes one.
 */
export function judgeAgain(index: MedicineIndex, law: SaleLaw): void {
  const { cards } = index
  const judged = cards.laws.texts.map(key => (key === '' ? undefined : law.decide(key)))
  for (let ordinal = 0; ordinal < index.ids.end; ordinal++) {
    const said = judged[cards.law[ordinal]!]
    if (said && index.isLive(ordinal)) index.setLaw(ordinal, said)
  }
}

// Words one plain typing slip away, found letter by letter: what sounds alike is looked for by neighbouring letters, and
// in a short word one slip leaves too few of those.
import type { Lexicon } from './lexicon.ts'

const lettersMost = 9
const alphabet = 'abcdefghijklmnopqrstuvwxyz'

/** Words of the catalogue that `text` becomes when a letter is added, dropped, changed, or swapped with the next. */
export function oneSlipAway(lexicon: Lexicon, text: string): Set<number> {
  const found = new Set<number>()
  if (text.length > lettersMost) return found
  const look = (word: string) => {
    const number = lexicon.find(word)
    if (number !== -1) found.add(number)
  }
  for (let i = 0; i <= text.length; i++) {
    const [before, after] = [text.slice(0, i), text.slice(i)]
    for (const letter of alphabet) look(before + letter + after)
    if (after === '') continue
    look(before + after.slice(1))
    if (after.length > 1) look(before + after[1] + after[0] + after.slice(2))
    for (const letter of alphabet) look(before + letter + after.slice(1))
  }
  return found
}

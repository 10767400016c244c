// Words one plain typing slip away, found letter by letter: what sounds alike is looked for by neighbouring letters, and
// in a short word one slip leaves too few of those.
import { ChangedText } from './changed-text.ts'
import type { Lexicon } from './lexicon.ts'

const lettersMost = 9
const [firstLetter, lastLetter] = [97, 122]

/** Words of the catalogue that `text` becomes when a letter is added, dropped, changed, or swapped with the next. */
export function oneSlipAway(lexicon: Lexicon, text: string): Set<number> {
  const found = new Set<number>()
  if (text.length > lettersMost) return found
  const changed = new ChangedText(text)
  const look = () => {
    const word = lexicon.findChanged(changed)
    if (word !== -1) found.add(word)
  }
  const lookWithEachLetter = (at: number) => {
    for (let letter = firstLetter; letter <= lastLetter; letter++) {
      changed.letters[at] = letter
      look()
    }
  }
  for (let i = 0; i <= text.length; i++) {
    changed.cut(i, 1, i)
    lookWithEachLetter(i)
    if (i === text.length) continue
    changed.cut(i, 0, i + 1)
    look()
    if (i + 1 < text.length) {
      changed.cut(i, 2, i + 2)
      changed.letters[i] = text.charCodeAt(i + 1)
      changed.letters[i + 1] = text.charCodeAt(i)
      look()
    }
    changed.cut(i, 1, i + 1)
    lookWithEachLetter(i)
  }
  return found
}

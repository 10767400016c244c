import type { ListedPack, Read } from './listed-pack.ts'
import { medicineKey } from './store-packs.ts'

interface SeenMedicine {
  readonly line: number
  readonly contents: number
  readonly packKey: string
}

/**
 * What one list has said so far. Within one list a name of one maker is one medicine: a second row is another pack of
 * it, or is refused because it says the same again or contradicts. Keeps a number for what a medicine holds and texts
 * of their own for only those packs that are not the first, because a list has a quarter million rows.
 */
export function seenPacks() {
  const medicines = new Map<string, SeenMedicine>()
  const furtherPacks = new Map<string, number>()
  const contents = numbered()
  const packKeys = shared()
  return {
    check(read: Read, line: number): Read {
      if ('rejected' in read) return read
      const { pack, notices } = read
      const key = medicineKey(pack)
      const inside = contents(contentsOf(pack))
      const before = medicines.get(key)
      if (!before) {
        medicines.set(key, { line, contents: inside, packKey: packKeys(pack.packKey) })
        return read
      }
      const packKey = `${key}|${pack.packKey}`
      const samePack = before.packKey === pack.packKey ? before.line : furtherPacks.get(packKey)
      if (samePack !== undefined)
        return refused('duplicate', `The same name, maker and pack as line ${samePack}.`)
      if (before.contents !== inside) {
        return refused(
          'contents_differ',
          `Line ${before.line} gives the same name and maker other contents.`,
        )
      }
      furtherPacks.set(packKey, line)
      const sentence = `Another pack of the medicine on line ${before.line}.`
      return { pack, notices: [...notices, { code: 'another_pack', sentence }] }
    },
  }
}

/** The same number for the same text. */
function numbered(): (text: string) => number {
  const numbers = new Map<string, number>()
  return text => {
    const known = numbers.get(text)
    if (known !== undefined) return known
    numbers.set(text, numbers.size)
    return numbers.size - 1
  }
}

/** One string for equal texts. */
function shared(): (text: string) => string {
  const texts = new Map<string, string>()
  return text => {
    const known = texts.get(text)
    if (known !== undefined) return known
    texts.set(text, text)
    return text
  }
}

function contentsOf(pack: ListedPack): string {
  return `${pack.equivalenceKey ?? pack.composition}|${pack.compositionState}`
}

function refused(code: string, sentence: string): Read {
  return { rejected: { code, sentence } }
}

import type { ListedPack, Read } from './listed-pack.ts'
import { medicineKey } from './store-packs.ts'

/**
 * What one list has said so far. Within one list a name of one maker is one medicine: a second row is another pack of
 * it, or is refused because it says the same again or contradicts.
 */
export function seenPacks() {
  const medicines = new Map<string, { line: number; contents: string }>()
  const packs = new Map<string, number>()
  return {
    check(read: Read, line: number): Read {
      if ('rejected' in read) return read
      const key = medicineKey(read.pack)
      const packKey = `${key}|${read.pack.packKey}`
      const contents = contentsOf(read.pack)
      const before = medicines.get(key)
      if (!before) {
        medicines.set(key, { line, contents })
        packs.set(packKey, line)
        return read
      }
      const samePack = packs.get(packKey)
      if (samePack !== undefined)
        return refused('duplicate', `The same name, maker and pack as line ${samePack}.`)
      if (before.contents !== contents) {
        return refused(
          'contents_differ',
          `Line ${before.line} gives the same name and maker other contents.`,
        )
      }
      packs.set(packKey, line)
      const sentence = `Another pack of the medicine on line ${before.line}.`
      return { pack: read.pack, notices: [...read.notices, { code: 'another_pack', sentence }] }
    },
  }
}

function contentsOf(pack: ListedPack): string {
  return `${pack.equivalenceKey ?? pack.composition}|${pack.compositionState}`
}

function refused(code: string, sentence: string): Read {
  return { rejected: { code, sentence } }
}

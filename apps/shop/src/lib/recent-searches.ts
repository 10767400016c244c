/**
 * What was searched lately, kept on this device only and never sent: a medicine looked for tells of an illness.
 * A browser that keeps nothing (private windows, full storage) loses the convenience and nothing else.
 */
const key = 'janta-recent-searches'
export const recentMax = 5
const lettersMax = 200

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export function recentSearches(shelf: Shelf | undefined = deviceShelf()): string[] {
  try {
    const kept: unknown = JSON.parse(shelf?.getItem(key) ?? '[]')
    if (!Array.isArray(kept)) return []
    return kept
      .filter(one => typeof one === 'string' && one.length <= lettersMax)
      .slice(0, recentMax)
  } catch {
    return []
  }
}

/** Puts the words first; words that differ only in case stand once. */
export function rememberSearch(typed: string, shelf: Shelf | undefined = deviceShelf()): void {
  const words = typed.trim().slice(0, lettersMax)
  if (words === '') return
  const others = recentSearches(shelf).filter(one => one.toLowerCase() !== words.toLowerCase())
  try {
    shelf?.setItem(key, JSON.stringify([words, ...others].slice(0, recentMax)))
  } catch {
    // A full or forbidden storage: the search itself goes on.
  }
}

export function clearRecentSearches(shelf: Shelf | undefined = deviceShelf()): void {
  try {
    shelf?.removeItem(key)
  } catch {
    // Nothing could be kept, so there is nothing to clear.
  }
}

function deviceShelf(): Shelf | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}

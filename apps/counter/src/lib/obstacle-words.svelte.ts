import { language } from '#lib/language.svelte.ts'

interface Obstacle {
  code: string
  /** The server's own words, in English. */
  sentence: string
}

let hindi = $state<Readonly<Record<string, string>>>({})
let isFetched = false

// Fetched by the first Hindi screen that shows a list of batches: no English page carries it.
async function fetchHindi(): Promise<void> {
  if (isFetched) return
  isFetched = true
  try {
    hindi = (await import('#lib/messages/hi/obstacles.ts')).obstacles
  } catch {
    // Without the line the server's English stands, and the next page asks again.
    isFetched = false
  }
}

/** Why a batch may not be issued, in the language of the device where it is known, and which language that is. */
export function obstacleWords({ code, sentence }: Obstacle): { text: string; lang: 'en' | 'hi' } {
  const known = language.locale === 'hi' ? hindi[code] : undefined
  return known === undefined ? { text: sentence, lang: 'en' } : { text: known, lang: 'hi' }
}

/** Asked for beside a page's own words, before it shows any batch. */
export function loadObstacleWords(): void {
  if (language.locale === 'hi') void fetchHindi()
}

import { buyWords } from '#lib/buying/words.svelte.ts'
import { language } from '#lib/language.svelte.ts'

export async function load() {
  await buyWords.load(language.locale)
}

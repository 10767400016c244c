import { language } from '#lib/language.svelte.ts'
import { rxWords } from '#lib/rx/words.svelte.ts'

export async function load() {
  await rxWords.load(language.locale)
}

import { store } from './messages/en/store.ts'
import { spoken } from './spoken.svelte.ts'

/** The words of the store's pages. */
export const storeWords = spoken(store, async () => (await import('./messages/hi/store.ts')).store)

import { demand } from './messages/en/demand.ts'
import { spoken } from './spoken.svelte.ts'

/** The words of the reports over a period. */
export const demandWords = spoken(
  demand,
  async () => (await import('./messages/hi/demand.ts')).demand,
)

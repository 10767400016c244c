import type { ImportState } from '@janta/contracts'

/** How a state of an import looks; its word is always beside it. */
export const importTones = {
  awaiting_file: 'neutral',
  reading: 'info',
  mapping: 'warn',
  checking: 'info',
  checked: 'warn',
  committing: 'info',
  committed: 'ok',
  undoing: 'info',
  undone: 'neutral',
  refused: 'bad',
  discarded: 'neutral',
} as const satisfies Record<ImportState, string>

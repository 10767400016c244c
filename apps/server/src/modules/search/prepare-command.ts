import type { Surroundings } from '#kernel/module'
import { prepareIndex } from './prepare-index.ts'

interface CommandContext {
  readonly surroundings: Surroundings
  readonly say: (line: string) => void
}

/** The search's commands of the operator's CLI. */
export const searchCommands = {
  'search prepare': {
    summary: 'read the catalogue into the index with which the next server starts',
    run: prepareSearch,
  },
} as const

/** Builds and keeps the index here and now; for the operator, and at the end of a migration or an import. */
export async function prepareSearch({ surroundings, say }: CommandContext): Promise<number> {
  const from = performance.now()
  const { packs, isRenewed } = await prepareIndex(surroundings.database)
  const seconds = ((performance.now() - from) / 1_000).toFixed(1)
  if (isRenewed)
    say(`The search is ready for the next start: ${packs} packs, kept in ${seconds} s.`)
  return 0
}

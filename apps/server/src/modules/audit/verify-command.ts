import { parseArgs } from 'node:util'
import type { Surroundings } from '#kernel/module'
import { sealEntries } from './seal-entries.ts'
import { verifyBlocks } from './verify-blocks.ts'

interface CommandContext {
  readonly args: readonly string[]
  readonly surroundings: Surroundings
  readonly say: (line: string) => void
}

/** The trail's commands of the operator's CLI. */
export const auditCommands = {
  'audit verify': {
    summary: 'read the whole audit trail against its seals; --head=HASH also finds blocks cut off',
    run: runVerify,
  },
} as const

/** Seals what is not sealed yet, so that nothing is left out, and names every entry that was changed. */
async function runVerify({ args, surroundings, say }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { head: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  })
  if (positionals.length > 0) {
    say('Usage: npm run janta -- audit verify [--head=HASH]')
    return 1
  }
  const known = typeof values.head === 'string' ? values.head : undefined
  await sealEntries(surroundings.database)
  const verdict = await verifyBlocks(surroundings.database.db, known)
  for (const fault of verdict.faults) say(`! ${fault}`)
  const { entries, blocks, unsealed, head } = verdict
  say(`${entries} entries in ${blocks} blocks, ${unsealed} not sealed yet. Head ${head}`)
  return verdict.faults.length === 0 ? 0 : 1
}

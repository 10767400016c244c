import { parseArgs } from 'node:util'
import { systemCaller } from '#kernel/caller'
import { newId } from '#kernel/id'
import type { Surroundings } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { driveImport } from './drive-import.ts'
import { kinds } from './kinds.ts'
import { undoImport } from './move-import.ts'
import { findRunToShow, listRuns } from './run.ts'

interface CommandContext {
  readonly args: readonly string[]
  readonly surroundings: Surroundings
  readonly say: (line: string) => void
}

const keptMax = 200
const listMax = 25

/** The imports' commands of the operator's CLI. */
export const importCommands = {
  'import list': {
    summary: 'the newest imports with their ids',
    run: list,
  },
  'import undo': {
    summary: 'put back everything one import changed (import undo ID), as the page does',
    run: undo,
  },
} as const

async function list({ surroundings, say }: CommandContext): Promise<number> {
  const { items } = await listRuns(surroundings.database.reads, { limit: listMax })
  for (const run of items) {
    say(`${run.id}  ${run.state.padEnd(13)}  ${run.createdAt}  ${run.kind}  ${run.source}`)
  }
  if (items.length === 0) say('Nothing was imported yet.')
  return 0
}

/**
 * Undoes here and now, without waiting for a worker; one that is at it at the same time does no harm. Stopped half
 * way, the same command, or the worker, goes on where it stopped.
 */
async function undo({ args, surroundings, say }: CommandContext): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, strict: false })
  const [id, ...more] = positionals
  if (id === undefined || more.length > 0) {
    say('Say which: import undo ID. `import list` shows the ids.')
    return 1
  }
  const { database, files } = surroundings
  try {
    const { state } = await findRunToShow(database.db, id)
    if (state !== 'undoing') {
      const caller = systemCaller('import undo')
      await undoImport(database, { params: { id }, caller, idempotencyKey: newId() })
    }
    await driveImport({ database, files }, id)
    const run = await findRunToShow(database.db, id)
    say(`${run.restored} changes were put back, ${run.kept} stay because they were changed since.`)
    for (const name of await kinds[run.kind].findKept(database.reads, id, keptMax)) say(`  ${name}`)
    return run.state === 'undone' ? 0 : 1
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    say(error.message)
    return 1
  }
}

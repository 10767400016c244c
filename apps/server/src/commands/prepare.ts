import type { Command } from './command.ts'
import { migrate } from './migrate.ts'
import { sample } from './sample.ts'

export const prepare: Command = {
  summary: 'migrate and load the sample pharmacy, in one start of the program (not in production)',
  async run(context) {
    // Asked first, so that a refusal leaves the database as it was.
    if (context.config.mode === 'production') return sample.run(context)
    const migrated = await migrate.run(context)
    return migrated === 0 ? sample.run(context) : migrated
  },
}

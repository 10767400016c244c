import type { Module } from '#kernel/module'
import { sealEntries } from './seal-entries.ts'

export { auditCommands } from './verify-command.ts'
export { writeEntry } from './write-entry.ts'

/** The trail every audited endpoint writes to, sealed every few minutes so that a change of it is found. */
export function audit(): Module {
  return {
    name: 'audit',
    recurring: [
      {
        task: 'audit.seal_entries',
        pattern: '*/10 * * * *',
        run: async database => void (await sealEntries(database)),
      },
    ],
  }
}

import { advisorCommands } from '#modules/advisor'
import { auditCommands } from '#modules/audit'
import { catalogueCommands } from '#modules/catalogue'
import { registerCommands } from '#modules/dispensing'
import { importCommands } from '#modules/imports'
import { clinicalCommands } from '#modules/prescriptions'
import { searchCommands } from '#modules/search'
import { backup, drill, restore } from './backup.ts'
import type { Command } from './command.ts'
import { migrate } from './migrate.ts'
import { prepare } from './prepare.ts'
import { thenPrepareSearch } from './prepare-search.ts'
import { sample } from './sample.ts'
import { staffCommands } from './staff.ts'
import { samplePrescriptions } from './sample-prescriptions.ts'
import { web } from './web.ts'
import { worker } from './worker.ts'

/** Every command of the one image and of the operator's CLI, by the words that call it. */
export const commands: Readonly<Record<string, Command>> = {
  web,
  worker,
  migrate,
  sample,
  'sample prescriptions': samplePrescriptions,
  prepare,
  backup,
  restore,
  drill,
  ...thenPrepareSearch(catalogueCommands, ['catalogue import']),
  ...thenPrepareSearch(importCommands, ['import undo']),
  ...searchCommands,
  ...clinicalCommands,
  ...advisorCommands,
  ...auditCommands,
  ...registerCommands,
  ...staffCommands,
}

/** Finds the command whose words begin the arguments, the longest first, and what is left for it. */
export function findCommand(argv: readonly string[]) {
  const names = Object.keys(commands).sort((one, other) => other.length - one.length)
  for (const name of names) {
    const words = name.split(' ')
    if (words.every((word, at) => argv[at] === word)) {
      return { name, command: commands[name]!, args: argv.slice(words.length) }
    }
  }
  return undefined
}

export function helpText(): string {
  const width = Math.max(...Object.keys(commands).map(name => name.length))
  const lines = Object.entries(commands).map(
    ([name, one]) => `  ${name.padEnd(width)}  ${one.summary}`,
  )
  return ['Usage: npm run janta -- COMMAND', '', ...lines].join('\n')
}

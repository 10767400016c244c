import { faultFields } from '#kernel/log'
import { prepareSearch } from '#modules/search'
import type { Command, CommandContext } from './command.ts'

/**
 * After these commands the search's index is built and kept, so that the next server which starts has it within
 * seconds: reading a quarter million packs takes longer than a start may.
 */
export function thenPrepareSearch(
  commands: Readonly<Record<string, Command>>,
  names: readonly string[],
): Record<string, Command> {
  const wrapped: Record<string, Command> = { ...commands }
  for (const name of names) {
    const command = commands[name]
    if (!command) throw new Error(`there is no command ${name} to prepare the search after`)
    wrapped[name] = {
      summary: command.summary,
      async run(context) {
        const code = await command.run(context)
        if (code === 0) await prepareOrSay(context)
        return code
      },
    }
  }
  return wrapped
}

/** What was asked for is done by then, so failing here is said and logged, and the next start reads the catalogue. */
export async function prepareOrSay(context: CommandContext): Promise<void> {
  try {
    await prepareSearch(context)
  } catch (error) {
    context.log.warn(faultFields(error as Error), 'the search could not be prepared')
    context.say('The search could not be prepared: the next start reads the whole catalogue.')
  }
}

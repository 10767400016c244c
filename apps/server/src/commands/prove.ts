import { closeFiles, openSurroundings } from '../surroundings.ts'
import type { CommandContext } from './command.ts'

/**
 * Runs every command named `... verify` on another database, the restored one: the chains of the audit trail and of the
 * registers are proven where they lie now. Answers a sentence for each that found a fault, and which were asked.
 */
export async function prove(
  context: CommandContext,
  databaseUrl: string,
): Promise<{ readonly asked: readonly string[]; readonly faults: readonly string[] }> {
  const { commands = {}, config, log, say } = context
  const proofs = Object.entries(commands).filter(([name]) => name.endsWith(' verify'))
  // A drill that proved nothing because nothing was found to prove with would be a comfort, not a drill.
  if (proofs.length === 0) throw new Error('There is no command that verifies.')
  const surroundings = openSurroundings({ ...config, databaseUrl, redisUrl: undefined }, log)
  const faults: string[] = []
  try {
    for (const [name, command] of proofs) {
      const inside = { args: [], config, log, surroundings, say, commands }
      if ((await command.run(inside)) !== 0) faults.push(`${name} found a fault`)
    }
  } finally {
    closeFiles(surroundings)
    await surroundings.database.close()
  }
  return { asked: proofs.map(([name]) => name), faults }
}

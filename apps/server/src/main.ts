import { ConfigError, loadConfig } from '#kernel/config'
import { faultFields, openLog } from '#kernel/log'
import { commands, findCommand, helpText } from './commands/index.ts'
import { closeFiles, openSurroundings } from './surroundings.ts'

let isShowingProgress = false

function say(line: string): void {
  process.stdout.write(`${isShowingProgress ? '\n' : ''}${line}\n`)
  isShowingProgress = false
}

/** Writes over the line before: `\r` goes to its beginning and `ESC [K` clears what was longer. */
function progress(line: string): void {
  process.stdout.write(`\r${line}\u001b[K`)
  isShowingProgress = true
}

async function main(argv: readonly string[]): Promise<number> {
  const found = findCommand(argv)
  if (!found) {
    say(helpText())
    return argv.length === 0 || argv[0] === 'help' ? 0 : 2
  }
  const config = loadConfig(process.env)
  const log = openLog({ level: config.logLevel, service: found.name })
  const surroundings = openSurroundings(config, log)
  try {
    const watched = process.stdout.isTTY ? { progress } : {}
    const { args } = found
    return await found.command.run({ args, config, log, surroundings, say, commands, ...watched })
  } catch (error) {
    log.fatal(faultFields(error), 'the command failed')
    // A database quotes rows in its messages, so in production the log line above is all that is said.
    if (config.mode !== 'production')
      process.stderr.write(`${found.name} failed: ${(error as Error).message}\n`)
    return 1
  } finally {
    closeFiles(surroundings)
    await surroundings.database.close()
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 78
}

import type { Config } from '#kernel/config'
import type { Log } from '#kernel/log'
import type { Surroundings } from '#kernel/module'

/** What a command of the operator's CLI is given. It returns the exit code. */
export interface CommandContext {
  readonly args: readonly string[]
  readonly config: Config
  readonly log: Log
  readonly surroundings: Surroundings
  /** Lines for the person at the terminal; progress on the same line when it is a terminal. */
  readonly say: (line: string) => void
}

export interface Command {
  readonly summary: string
  readonly run: (context: CommandContext) => Promise<number>
}

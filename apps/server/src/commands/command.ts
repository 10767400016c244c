import type { Config } from '#kernel/config'
import type { Log } from '#kernel/log'
import type { Surroundings } from '#kernel/module'

/** What a command of the operator's CLI is given. It returns the exit code. */
export interface CommandContext {
  readonly args: readonly string[]
  readonly config: Config
  readonly log: Log
  readonly surroundings: Surroundings
  /** Lines for the person at the terminal. */
  readonly say: (line: string) => void
  /** Shows how far the work is, always on the same line; absent when nobody watches at a terminal. */
  readonly progress?: ((line: string) => void) | undefined
  /** Every command there is, for one that calls others. */
  readonly commands?: Readonly<Record<string, Command>>
}

export interface Command {
  readonly summary: string
  readonly run: (context: CommandContext) => Promise<number>
}

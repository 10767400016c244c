/**
 * Something outside the program went wrong and the person at the keyboard can mend it.
 * The message is printed alone, without a stack, so it must say what to do next.
 */
export class Trouble extends Error {
  override name = 'Trouble'
}

/** Prints a Trouble as its sentence and a bug with its stack, and marks the run as failed. */
export function reportFailure(error: unknown): void {
  process.exitCode = 1
  if (error instanceof Trouble) console.error(`\n✗ ${error.message}\n`)
  else console.error(error)
}

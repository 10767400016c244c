import { type DestinationStream, pino } from 'pino'

/** How long a line may wait for others: what a process killed by SIGKILL or the system loses of its lines, at most. */
export const linesWaitMsMax = 50
/** About what one write takes; longer is written at once. */
const waitingLettersMax = 16_000
// By this pino sets `lastLevel` to the level of each line before it writes it.
const tellLevel: unique symbol = Symbol.for('pino.metadata')
const warning = pino.levels.values['warn']!

/**
 * Lines on their way to standard output, several in one write under load, because each write is two system calls and
 * another thread's wake-up. A line after a quiet moment, a warning and anything worse are written at once; the others
 * wait `linesWaitMsMax` at most. The end of the process, orderly or by an error, writes what waits. Written beside the
 * work: a full pipe to the log driver stops no answer.
 */
export class LogLines implements DestinationStream {
  readonly [tellLevel] = true
  lastLevel = 0
  readonly #out: ReturnType<typeof pino.destination>
  #isClosed = false
  #waiting = ''
  #timer: NodeJS.Timeout | undefined

  constructor(fileDescriptor = 1) {
    this.#out = pino.destination({ dest: fileDescriptor, sync: false })
    this.#out.once('close', () => {
      this.#isClosed = true
    })
    // Before the destination's own listener, which closes it.
    process.prependListener('beforeExit', () => this.#write())
    process.prependListener('exit', () => this.flushSync())
  }

  write(line: string): void {
    this.#waiting += line
    const isQuiet = this.#timer === undefined
    if (isQuiet) this.#begin()
    if (isQuiet || this.lastLevel >= warning || this.#waiting.length > waitingLettersMax)
      this.#write()
  }

  /** Waits until everything said so far is written; for a fatal line and the end of the process. */
  flushSync(): void {
    if (this.#isClosed) return
    this.#write()
    this.#out.flushSync()
  }

  #write(): void {
    const lines = this.#waiting
    this.#waiting = ''
    if (lines !== '') this.#out.write(lines)
  }

  #begin(): void {
    this.#timer = setTimeout(() => this.#end(), linesWaitMsMax).unref()
  }

  /** The moment is over; another begins unless nothing was said in it. */
  #end(): void {
    this.#timer = undefined
    if (this.#waiting === '') return
    this.#begin()
    this.#write()
  }
}

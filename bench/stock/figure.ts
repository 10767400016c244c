/** One measured number beside what was promised. */
export interface Figure {
  readonly what: string
  /** How much there was of what it was measured on. */
  readonly size: string
  readonly measured: number
  readonly target: number
  readonly unit: string
  /** Whether the measured one must be at least or at most the target. */
  readonly must: 'at_least' | 'at_most'
  /** Who published a number for the same thing, and which; or that nobody did. */
  readonly peer: string
}

let missed = 0

/** Prints a figure with its target, size and peer; a missed one is remembered for `endWithFigures`. */
export function printFigure(figure: Figure): void {
  const { what, size, measured, target, unit, must, peer } = figure
  const isMet = must === 'at_least' ? measured >= target : measured <= target
  if (!isMet) missed++
  const word = must === 'at_least' ? 'at least' : 'at most'
  print(
    `${isMet ? 'met   ' : 'MISSED'} ${what}: ${round(measured)} ${unit} (${word} ${target}); ${size}; peer: ${peer}`,
  )
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** The process ends with an error when any figure was missed. */
export function endWithFigures(): void {
  if (missed === 0) return
  print(`${missed} missed their target`)
  process.exitCode = 1
}

/** The share-th of the times, in milliseconds; the times are sorted in place. */
export function percentile(timesMs: number[], share: number): number {
  timesMs.sort((one, other) => one - other)
  return timesMs[Math.min(timesMs.length - 1, Math.floor(timesMs.length * share))] ?? Number.NaN
}

function round(value: number): string {
  return value < 100 ? value.toFixed(1) : String(Math.round(value))
}

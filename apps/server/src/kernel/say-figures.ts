import type { Log } from '#kernel/log'
import type { Sample } from '#kernel/metrics'
import { type WatchedFigure, watchedFigures } from '#kernel/watched-figures'

/** One log line for each watched figure that was measured; the numbers of the machinery, of nobody. */
export function sayFigures(log: Log, samples: readonly Sample[]): void {
  for (const [figure, watched] of Object.entries(watchedFigures)) {
    const value = valueOf(watched, samples)
    if (value !== undefined) log.info({ figure, value }, 'figure')
  }
}

function valueOf({ name, labels, read }: WatchedFigure, samples: readonly Sample[]) {
  const measured = samples.filter(
    one => one.name === name && (labels.length === 0 || labels.includes(one.label)),
  )
  if (measured.length === 0) return undefined
  return read === 'most'
    ? Math.max(...measured.map(one => one.most))
    : measured.reduce((sum, one) => sum + one.total, 0)
}

/** Width and height of a small chart, in its own units. */
export const chartSize = { width: 168, height: 48 } as const

export interface Point {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly value: number | null
}

/**
 * The line of a small chart as an SVG path over seven days: an hour nobody measured is a gap, not a zero. The least of
 * the scale is zero, so that a quiet week does not look like mountains.
 */
export function chartLine(points: readonly Point[]): {
  readonly path: string
  readonly most: number
} {
  const measured = points.filter(point => point.value !== null)
  const most = Math.max(0, ...measured.map(point => point.value ?? 0))
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0]
  const span = Math.max(1, last - first)
  let path = ''
  let isBroken = true
  for (const { at, value } of points) {
    if (value === null) {
      isBroken = true
      continue
    }
    const x = ((at - first) / span) * chartSize.width
    const y = chartSize.height - (most === 0 ? 0 : (value / most) * (chartSize.height - 2)) - 1
    path += `${isBroken ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
    isBroken = false
  }
  return { path, most }
}

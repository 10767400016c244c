/** The value below which `share` of the values lie, by linear interpolation; undefined of nothing. */
export function percentile(values: readonly number[], share: number): number | undefined {
  if (values.length === 0) return undefined
  const sorted = values.toSorted((one, other) => one - other)
  const at = (sorted.length - 1) * share
  const below = sorted[Math.floor(at)] ?? 0
  const above = sorted[Math.ceil(at)] ?? below
  return below + (above - below) * (at - Math.floor(at))
}

export const median = (values: readonly number[]): number | undefined => percentile(values, 0.5)

export interface Trend {
  /** Change a day: the median of the slopes between every two days (Theil and Sen), which outliers do not move. */
  readonly perDay: number
  /** The level today on that line. */
  readonly today: number
  /** From -1 (every pair of days falls) to 1 (every pair rises): Kendall's count of pairs that agree. */
  readonly agreement: number
}

export interface DayValue {
  readonly day: number
  readonly value: number
}

/** A line through daily values that a spike, a holiday or a bad day does not bend. Undefined below three days. */
export function trendOf(values: readonly DayValue[]): Trend | undefined {
  if (values.length < 3) return undefined
  const slopes: number[] = []
  let rising = 0
  for (const [at, one] of values.entries()) {
    for (const other of values.slice(at + 1)) {
      if (other.day === one.day) continue
      const slope = (other.value - one.value) / (other.day - one.day)
      slopes.push(slope)
      rising += Math.sign(slope)
    }
  }
  const perDay = median(slopes)
  const last = values.at(-1)?.day ?? 0
  if (perDay === undefined) return undefined
  const today = median(values.map(({ day, value }) => value + perDay * (last - day))) ?? 0
  return { perDay, today, agreement: rising / slopes.length }
}

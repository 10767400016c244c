/**
 * How many values fell into which quarter of an octave: a histogram that any number of processes and minutes can add
 * up, and whose percentiles are right within a tenth. Keys are bucket numbers, as JSON keeps them.
 */
export type Spread = Record<string, number>

const bucketsPerOctave = 4

export function bucketOf(value: number): number {
  return value < 1 ? 0 : 1 + Math.floor(bucketsPerOctave * Math.log2(value))
}

/** The value in the middle of a bucket, by ratio. */
function middleOf(bucket: number): number {
  return bucket === 0 ? 0 : 2 ** ((bucket - 0.5) / bucketsPerOctave)
}

export function addToSpread(spread: Spread, value: number): void {
  const bucket = bucketOf(value)
  spread[bucket] = (spread[bucket] ?? 0) + 1
}

export function mergeSpreads(spreads: readonly Spread[]): Spread {
  const merged: Spread = {}
  for (const spread of spreads) {
    for (const [bucket, count] of Object.entries(spread))
      merged[bucket] = (merged[bucket] ?? 0) + count
  }
  return merged
}

/** The value below which `share` of the values lie; undefined of nothing. */
export function quantileOf(spread: Spread, share: number): number | undefined {
  const buckets = Object.entries(spread).map(([bucket, count]) => ({
    bucket: Number(bucket),
    count,
  }))
  const all = buckets.reduce((sum, { count }) => sum + count, 0)
  let passed = 0
  for (const { bucket, count } of buckets.toSorted((one, other) => one.bucket - other.bucket)) {
    passed += count
    if (passed >= all * share) return middleOf(bucket)
  }
  return undefined
}

/** How many values were certainly above `limit`, those in its own bucket not counted. */
export function countAbove(spread: Spread, limit: number): number {
  const edge = bucketOf(limit)
  return Object.entries(spread).reduce(
    (sum, [bucket, count]) => sum + (Number(bucket) > edge ? count : 0),
    0,
  )
}

import assert from 'node:assert/strict'

/** A page shrunk to 32 by 32 grey points: all that is needed to know it again. */
export const greySide = 32
const lowSide = 8
const toneSide = 16

export interface Likeness {
  /** 64 characters 0 and 1, as PostgreSQL writes bit(64). */
  readonly bits: string
  /** The same in four whole numbers of 16 bits, to look it up by. */
  readonly bands: readonly [number, number, number, number]
  /** 16 by 16 points of tone, contrast made equal. */
  readonly tone: Uint8Array
}

/** Pages whose bits differ in so few places, and whose tones in so little, are taken for one picture. */
const bitsApartMax = 8
const toneApartMax = 14

/** What a page looks like, by the signs of its lowest frequencies: recompressing and shrinking change few of them. */
export function likenessOf(grey: Uint8Array): Likeness {
  assert.equal(grey.length, greySide * greySide)
  const low = lowFrequencies(grey)
  const middle = [...low].sort((a, b) => a - b)[low.length / 2] ?? 0
  const bits = low.map(value => (value > middle ? '1' : '0')).join('')
  const band = (at: number) => Number.parseInt(bits.slice(at * 16, at * 16 + 16), 2)
  return { bits, bands: [band(0), band(1), band(2), band(3)], tone: toneOf(grey) }
}

/** The page as it lies and turned by quarters: a phone held sideways sends the same paper. */
export function turned(grey: Uint8Array): Uint8Array[] {
  const turns = [grey]
  for (let turn = 1; turn < 4; turn++) turns.push(quarterTurn(turns[turn - 1]!))
  return turns
}

export function isAlike(a: Pick<Likeness, 'bits' | 'tone'>, b: Pick<Likeness, 'bits' | 'tone'>) {
  return bitsApart(a.bits, b.bits) <= bitsApartMax && toneApart(a.tone, b.tone) <= toneApartMax
}

function bitsApart(a: string, b: string): number {
  let apart = 0
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) apart++
  return apart
}

function toneApart(a: Uint8Array, b: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += Math.abs(a[at]! - b[at]!)
  return sum / a.length
}

function quarterTurn(grey: Uint8Array): Uint8Array {
  return grey.map((_, at) => {
    const row = Math.floor(at / greySide)
    const column = at % greySide
    return grey[(greySide - 1 - column) * greySide + row]!
  })
}

/** The 8 by 8 lowest terms of a two-dimensional cosine transform, without the first, which is only brightness. */
function lowFrequencies(grey: Uint8Array): number[] {
  const terms: number[] = []
  for (let v = 0; v < lowSide; v++) {
    for (let u = 0; u < lowSide; u++) terms.push(u === 0 && v === 0 ? 0 : term(grey, u, v))
  }
  return terms
}

const cosines = Array.from({ length: lowSide }, (_, u) =>
  Array.from({ length: greySide }, (_, x) =>
    Math.cos(((2 * x + 1) * u * Math.PI) / (2 * greySide)),
  ),
)

function term(grey: Uint8Array, u: number, v: number): number {
  let sum = 0
  for (let y = 0; y < greySide; y++) {
    for (let x = 0; x < greySide; x++) {
      sum += grey[y * greySide + x]! * cosines[u]![x]! * cosines[v]![y]!
    }
  }
  return sum
}

/** Sixteen by sixteen means of four points, spread over the whole range: light and exposure fall out. */
function toneOf(grey: Uint8Array): Uint8Array {
  const means = new Float64Array(toneSide * toneSide)
  for (let y = 0; y < toneSide; y++) {
    for (let x = 0; x < toneSide; x++) {
      const at = 2 * y * greySide + 2 * x
      means[y * toneSide + x] =
        (grey[at]! + grey[at + 1]! + grey[at + greySide]! + grey[at + greySide + 1]!) / 4
    }
  }
  const least = Math.min(...means)
  const span = Math.max(Math.max(...means) - least, 1)
  return Uint8Array.from(means, mean => Math.round(((mean - least) * 255) / span))
}

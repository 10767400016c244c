import assert from 'node:assert/strict'

/** A page shrunk to 64 by 64 grey points: all that is needed to know it again. */
export const greySide = 64
const hashSide = 32
const lowSide = 8

export interface Likeness {
  /** 64 characters 0 and 1, as PostgreSQL writes bit(64). */
  readonly bits: string
  /** The same in four whole numbers of 16 bits, to look it up by. */
  readonly bands: readonly [number, number, number, number]
  /** The grey points themselves, to judge by what the bits found. */
  readonly tone: Uint8Array
}

/**
 * Pages whose bits differ in so few places, and whose points go together so closely, are one picture. Measured on drawn
 * prescriptions: saved again at a third of the size 0.998, another text of the same length on the same paper 0.975.
 */
const bitsApartMax = 8
const togetherLeast = 0.985

/** What a page looks like, by the signs of its lowest frequencies: recompressing and shrinking change few of them. */
export function likenessOf(grey: Uint8Array): Likeness {
  assert.equal(grey.length, greySide * greySide)
  const low = lowFrequencies(halved(grey))
  const middle = [...low].sort((a, b) => a - b)[low.length / 2] ?? 0
  const bits = low.map(value => (value > middle ? '1' : '0')).join('')
  const band = (at: number) => Number.parseInt(bits.slice(at * 16, at * 16 + 16), 2)
  return { bits, bands: [band(0), band(1), band(2), band(3)], tone: grey }
}

/** The page as it lies and turned by quarters: a phone held sideways sends the same paper. */
export function turned(grey: Uint8Array): Uint8Array[] {
  const turns = [grey]
  for (let turn = 1; turn < 4; turn++) turns.push(quarterTurn(turns[turn - 1]!))
  return turns
}

export function isAlike(a: Pick<Likeness, 'bits' | 'tone'>, b: Pick<Likeness, 'bits' | 'tone'>) {
  return bitsApart(a.bits, b.bits) <= bitsApartMax && together(a.tone, b.tone) >= togetherLeast
}

function bitsApart(a: string, b: string): number {
  let apart = 0
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) apart++
  return apart
}

/** Pearson's correlation of two pages' points: light, exposure and contrast fall out. */
function together(a: Uint8Array, b: Uint8Array): number {
  const mean = (of: Uint8Array) => of.reduce((sum, one) => sum + one, 0) / of.length
  const [meanA, meanB] = [mean(a), mean(b)]
  let both = 0
  let onlyA = 0
  let onlyB = 0
  for (let at = 0; at < a.length; at++) {
    const fromA = a[at]! - meanA
    const fromB = b[at]! - meanB
    both += fromA * fromB
    onlyA += fromA * fromA
    onlyB += fromB * fromB
  }
  // Two pages of one even colour are the same empty sheet.
  if (onlyA === 0 || onlyB === 0) return onlyA === onlyB ? 1 : 0
  return both / Math.sqrt(onlyA * onlyB)
}

function quarterTurn(grey: Uint8Array): Uint8Array {
  return grey.map((_, at) => {
    const row = Math.floor(at / greySide)
    const column = at % greySide
    return grey[(greySide - 1 - column) * greySide + row]!
  })
}

/** The 8 by 8 lowest terms of a two-dimensional cosine transform, without the first, which is only brightness. */
function lowFrequencies(grey: Float64Array): number[] {
  const terms: number[] = []
  for (let v = 0; v < lowSide; v++) {
    for (let u = 0; u < lowSide; u++) terms.push(u === 0 && v === 0 ? 0 : term(grey, u, v))
  }
  return terms
}

const cosines = Array.from({ length: lowSide }, (_, u) =>
  Array.from({ length: hashSide }, (_, x) =>
    Math.cos(((2 * x + 1) * u * Math.PI) / (2 * hashSide)),
  ),
)

function term(grey: Float64Array, u: number, v: number): number {
  let sum = 0
  for (let y = 0; y < hashSide; y++) {
    for (let x = 0; x < hashSide; x++) {
      sum += grey[y * hashSide + x]! * cosines[u]![x]! * cosines[v]![y]!
    }
  }
  return sum
}

/** Thirty-two by thirty-two means of four points. */
function halved(grey: Uint8Array): Float64Array {
  return Float64Array.from({ length: hashSide * hashSide }, (_, index) => {
    const at = 2 * Math.floor(index / hashSide) * greySide + 2 * (index % hashSide)
    return (grey[at]! + grey[at + 1]! + grey[at + greySide]! + grey[at + greySide + 1]!) / 4
  })
}

import { denominations } from '@janta/contracts'
import { digitsOf } from './digits.ts'

const piecesMax = 100_000

export interface CashCount {
  readonly counts: { denominationPaise: number; pieces: number }[]
  readonly countedPaise: number
  /** The notes and coins whose number of pieces cannot be read. */
  readonly unread: number[]
}

/** Pieces as they are typed, by note or coin; an empty line is none of it. Sums in whole paise. */
export function readCashCount(typed: Readonly<Record<number, string>>): CashCount {
  const read = denominations.map(denominationPaise => ({
    denominationPaise,
    pieces: readPieces(typed[denominationPaise] ?? ''),
  }))
  const counts = read.filter(
    (one): one is { denominationPaise: typeof one.denominationPaise; pieces: number } =>
      one.pieces !== null,
  )
  return {
    counts: counts.filter(one => one.pieces > 0),
    countedPaise: counts.reduce((sum, one) => sum + one.denominationPaise * one.pieces, 0),
    unread: read.filter(one => one.pieces === null).map(one => one.denominationPaise),
  }
}

function readPieces(typed: string): number | null {
  const text = typed.replaceAll(/[,\s]/g, '')
  if (text === '') return 0
  const digits = digitsOf(text)
  if (digits.length !== text.length || digits.length > 6) return null
  return Number(digits) <= piecesMax ? Number(digits) : null
}

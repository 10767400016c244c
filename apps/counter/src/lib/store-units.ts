import { formatCount, type Locale } from '@janta/ui/format.ts'
import { packsOf } from './packs.ts'
import { readCount } from './rupees.ts'

/** The most units one place, line or act may be given. */
export const unitsMax = 999_999_999

/** Base units as the shelf says them: "12", or "12 + 4" with what is loose; a minus stands before all of it. */
export function writeUnits(units: number, unitsPerPack: number, locale: Locale): string {
  const { packs, loose } = packsOf(Math.abs(units), unitsPerPack)
  const sign = units < 0 ? '−' : ''
  const rest = loose === 0 ? '' : ` + ${formatCount(loose, locale)}`
  return `${sign}${formatCount(packs, locale)}${rest}`
}

/** Packs and loose units as typed, to base units; an empty part is none, but not both. Null when it is no count. */
export function readUnits(packs: string, loose: string, unitsPerPack: number): number | null {
  if (!packs.trim() && !loose.trim()) return null
  const whole = packs.trim() ? readCount(packs, 0, unitsMax) : 0
  const rest = loose.trim() ? readCount(loose, 0, unitsMax) : 0
  if (whole === null || rest === null) return null
  const units = whole * unitsPerPack + rest
  return units <= unitsMax ? units : null
}

/** So many sealed packs, what they leave owing and what they hold above the allowance, in base units. */
export interface WholePacks {
  readonly packs: number
  readonly owedUnits: number
  readonly overUnits: number
}

/**
 * Sealed packs for an allowance. Never above it, so the rest is owed or cut, unless the pharmacist recorded that the
 * smallest sealed pack holds more (a 100 ml bottle for 60 ml): then the last pack is a whole one.
 */
export function wholePacks(
  allowedUnits: number,
  unitsPerPack: number,
  isSmallestPackNoted: boolean,
): WholePacks {
  const full = Math.floor(allowedUnits / unitsPerPack)
  const rest = allowedUnits - full * unitsPerPack
  if (rest === 0 || !isSmallestPackNoted) return { packs: full, owedUnits: rest, overUnits: 0 }
  return { packs: full + 1, owedUnits: 0, overUnits: unitsPerPack - rest }
}

/** The most units that may leave in sealed packs. */
export function unitsInPacks(
  allowedUnits: number,
  unitsPerPack: number,
  isSmallestPackNoted: boolean,
): number {
  return isSmallestPackNoted && allowedUnits > 0
    ? wholePacks(allowedUnits, unitsPerPack, true).packs * unitsPerPack
    : allowedUnits
}

/** What was approved of a line, in base units: its packs, or less where the last of them is cut. */
export function unitsApproved(
  line: { readonly approvedPacks: number | null; readonly approvedUnits: number | null },
  unitsPerPack: number,
): number {
  return line.approvedUnits ?? (line.approvedPacks ?? 0) * unitsPerPack
}

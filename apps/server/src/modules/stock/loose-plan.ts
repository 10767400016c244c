/** Units of one batch in one bin that may be given out, in the order they are taken: first expiry, first receipt. */
export interface Open {
  readonly batchId: string
  readonly bin: string
  readonly state: 'sellable' | 'loose'
  readonly unitsPerPack: number
  readonly units: number
}

export interface LooseTake {
  readonly batchId: string
  readonly bin: string
  readonly from: 'sellable' | 'loose'
  readonly units: number
}

export interface LoosePlan {
  readonly takes: readonly LooseTake[]
  /** Packs to cut first, so that their units are loose; at most one. */
  readonly cut: { readonly batchId: string; readonly bin: string; readonly units: number } | null
  /** What no batch has. */
  readonly shortUnits: number
}

/**
 * Which tablets to give for so many: whole strips as far as they go, then strips that are cut already, and only for the
 * rest is another one cut. A cut strip keeps its batch and expiry, so each step takes the first to expire.
 */
export function planLooseSale(wantedUnits: number, positions: readonly Open[]): LoosePlan {
  let left = wantedUnits
  const takes: LooseTake[] = []
  const remaining = positions.map(one => ({ ...one }))
  const take = (from: (typeof remaining)[number], units: number) => {
    from.units -= units
    left -= units
    takes.push({ batchId: from.batchId, bin: from.bin, from: from.state, units })
  }
  for (const one of remaining) {
    const strips = Math.min(
      Math.floor(left / one.unitsPerPack),
      Math.floor(one.units / one.unitsPerPack),
    )
    if (one.state === 'sellable' && strips > 0) take(one, strips * one.unitsPerPack)
  }
  for (const one of remaining) {
    if (one.state === 'loose' && left > 0 && one.units > 0) take(one, Math.min(left, one.units))
  }
  const toCut = remaining.find(one => one.state === 'sellable' && one.units >= one.unitsPerPack)
  if (left === 0 || !toCut) return { takes, cut: null, shortUnits: left }
  const { batchId, bin, unitsPerPack } = toCut
  const units = Math.min(left, unitsPerPack)
  takes.push({ batchId, bin, from: 'loose', units })
  return { takes, cut: { batchId, bin, units: unitsPerPack }, shortUnits: left - units }
}

/** Base units as whole packs and what is left loose: the ledger counts tablets, the shelf shows strips. */
export function packsOf(units: number, unitsPerPack: number): { packs: number; loose: number } {
  const packs = Math.trunc(units / unitsPerPack)
  return { packs, loose: units - packs * unitsPerPack }
}

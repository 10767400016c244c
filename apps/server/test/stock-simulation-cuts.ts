import { type CutOfPack, findOpenStrips, type Picked } from '#modules/stock'
import type { Reader } from '#modules/catalogue'

/** Every pack of the simulation holds as many. */
const unitsPerPack = 10

/**
 * Picks so that `pieceUnits` of the first pack leave: from a strip cut before where one holds as many, else by cutting
 * one that is held. Nothing is cut for no units.
 */
export async function cutSome(
  db: Reader,
  storeId: string,
  whole: readonly Picked[],
  pieceUnits: number,
): Promise<{ picks: readonly Picked[]; cuts: ReadonlyMap<string, CutOfPack> }> {
  const [first] = whole
  if (!first || pieceUnits === 0) return { picks: whole, cuts: new Map() }
  const { packId } = first
  const cuts = new Map([[packId, { pieceUnits, unitsPerPack }]])
  const strips = await findOpenStrips(db, { storeId, packIds: [packId] })
  const open = strips.find(one => one.units >= pieceUnits)
  if (!open) return { picks: whole, cuts }
  const fewer = whole.map(one => (one === first ? { ...one, packs: one.packs - 1 } : one))
  const piece = { packId, batchId: open.batchId, packs: 1, fromCutStrip: true }
  return { picks: [...fewer.filter(one => one.packs > 0), piece], cuts }
}

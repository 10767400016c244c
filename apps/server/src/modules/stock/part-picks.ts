import { incomplete, type Picked } from './issue-plan.ts'

/** A pack whose line comes to less than whole packs: one pack of it is cut, and this much of it leaves. */
export interface CutOfPack {
  /** Base units of the piece. */
  readonly pieceUnits: number
  readonly unitsPerPack: number
}

/** The pick a piece comes from: the last of its packs is cut, or it is the piece of a strip cut before. */
export interface Piece {
  readonly pick: Picked
  readonly units: number
}

export interface PartedPicks {
  /** Packs taken whole, the one that is then cut among them. */
  readonly whole: readonly Picked[]
  readonly pieces: readonly Piece[]
  /** Units held by pack that a strip cut before makes needless. */
  readonly spared: ReadonlyMap<string, number>
}

/**
 * Finds the piece of each pack that is cut: from the strip cut before that was picked for it, else from the last pick
 * of that pack. Refuses `pick_incomplete` for a cut strip that no line asks for, or more than one piece of a pack.
 */
export function partPicks(
  picks: readonly Picked[],
  cuts: ReadonlyMap<string, CutOfPack>,
): PartedPicks {
  const open = picks.filter(pick => pick.fromCutStrip)
  const isEachAsked = open.every(pick => cuts.has(pick.packId) && pick.packs === 1)
  if (!isEachAsked || new Set(open.map(pick => pick.packId)).size < open.length) throw incomplete()
  const pieces = [...cuts].map(([packId, { pieceUnits }]) => {
    const pick =
      open.find(one => one.packId === packId) ?? picks.findLast(one => one.packId === packId)
    if (!pick) throw incomplete()
    return { pick, units: pieceUnits }
  })
  return {
    whole: picks.filter(pick => !pick.fromCutStrip),
    pieces,
    spared: new Map(open.map(pick => [pick.packId, cuts.get(pick.packId)!.unitsPerPack])),
  }
}

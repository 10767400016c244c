import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/transaction'
import { lockPositions, type Lying, writeMoves } from './move-units.ts'
import { defaultStore } from './store.ts'

/** What cannot be sold leaves first; good units only after it. */
const leaving: readonly Lying['state'][] = ['expired', 'damaged', 'quarantine', 'loose', 'sellable']

/**
 * Takes units back out of the default store for their supplier. Answers null when all left, or the first batch of which
 * fewer units lie free, and then nothing has moved.
 */
export async function sendBack(
  tx: Tx,
  caller: Caller,
  request: {
    causeId: string
    note: string
    lines: readonly { readonly batchId: string; readonly units: number }[]
  },
): Promise<{ batchId: string; freeUnits: number } | null> {
  const store = await defaultStore(tx)
  const lying = await lockPositions(
    tx,
    request.lines.map(line => line.batchId),
  )
  const moves = []
  for (const { batchId, units } of request.lines) {
    const free = leaving.flatMap(state =>
      lying.filter(
        one => one.batchId === batchId && one.storeId === store.id && one.state === state,
      ),
    )
    let wanted = units
    for (const position of free) {
      const taken = Math.min(wanted, position.onHand - position.reserved)
      if (taken > 0) moves.push({ ...position, units: -taken })
      wanted -= taken
    }
    if (wanted > 0) return { batchId, freeUnits: units - wanted }
  }
  await writeMoves(tx, caller, 'written_off', moves, {
    kind: 'supplier_return',
    id: request.causeId,
    note: request.note,
  })
  return null
}

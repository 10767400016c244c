import type { Caller } from '#kernel/caller'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'

/**
 * Tells the worker that a photo was sent and may be looked at, once. The caller found its row and holds its lock.
 * Refuses `not_found` and `photo_state_forbids`.
 */
export async function announceSent(
  tx: Tx,
  caller: Caller,
  photo: { state: string } | undefined,
  event: { name: `${string}.${string}`; payload: Record<string, unknown> },
): Promise<void> {
  if (!photo) throw new Refusal('not_found', 'There is no such photo.')
  if (photo.state !== 'awaiting') {
    throw new Refusal('photo_state_forbids', 'This photo was looked at already.')
  }
  await emit(tx, caller, event.name, event.payload)
}

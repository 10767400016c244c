import assert from 'node:assert/strict'
import type { Picking } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { assertRegisteredOnDuty, findNames } from '#modules/identity'
import type { Picked } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'

interface Found {
  readonly picks: readonly Picked[]
  readonly pickedBy: string
  readonly pickedAt: Date
}

/** Whether a second person checks each order of this store before it is signed off. */
export async function isSecondCheckOn(db: Reader, storeId: string): Promise<boolean> {
  const { rows } = await sql<{ isOn: boolean }>`
    select is_second_check_on as "isOn" from dispensing.rule
    where store_id = ${storeId} order by id desc limit 1`.execute(db)
  return rows[0]?.isOn ?? false
}

/** Writes who picked what of an order, for another person to check. */
export async function recordPicking(
  tx: Tx,
  caller: Caller,
  { orderId, picks }: { orderId: string; picks: readonly Picked[] },
): Promise<void> {
  assert(caller.personId, 'somebody picks')
  await sql`
    insert into dispensing.picking (id, order_id, picks, picked_by, request_id)
    values (${newId()}, ${orderId}, ${JSON.stringify(picks)}::jsonb, ${caller.personId}, ${caller.requestId})`.execute(
    tx,
  )
}

async function findNewest(db: Reader, orderId: string): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select picks, picked_by as "pickedBy", picked_at as "pickedAt" from dispensing.picking
    where order_id = ${orderId} order by id desc limit 1`.execute(db)
  return rows[0]
}

/** Who picked an order, as the second person sees it. */
export async function findPicking(
  db: Reader,
  caller: Caller,
  { orderId, storeId }: { orderId: string; storeId: string },
): Promise<Picking> {
  const found = await findNewest(db, orderId)
  const names = await findNames(db, found ? [found.pickedBy] : [])
  return {
    isSecondCheckOn: await isSecondCheckOn(db, storeId),
    picking: found
      ? {
          pickedBy: names.get(found.pickedBy) ?? 'Staff',
          isMine: found.pickedBy === caller.personId,
          pickedAt: found.pickedAt.toISOString(),
          picks: found.picks.map(({ packId, batchId, packs, reason, fromCutStrip }) => ({
            medicineId: packId,
            batchId,
            packs,
            ...(reason === undefined ? {} : { reason }),
            ...(fromCutStrip === undefined ? {} : { fromCutStrip }),
          })),
        }
      : null,
  }
}

/**
 * Where the store has a second person check: the caller is the pharmacist on duty, another person picked the order,
 * and what is signed off is what that person picked. Refuses `second_check_needed`, `own_pick`, `pick_changed`,
 * `pharmacist_not_registered`, `pharmacist_not_on_duty`.
 */
export async function assertChecked(
  tx: Tx,
  caller: Caller,
  order: { orderId: string; storeId: string; picks: readonly Picked[] },
): Promise<void> {
  if (!(await isSecondCheckOn(tx, order.storeId))) return
  await assertRegisteredOnDuty(tx, caller, order.storeId)
  const found = await findNewest(tx, order.orderId)
  if (!found) {
    throw new Refusal(
      'second_check_needed',
      'In this store one person picks and another checks. Pick the order and hand it to the checker first.',
    )
  }
  if (found.pickedBy === caller.personId) {
    throw new Refusal(
      'own_pick',
      'You picked this order yourself. Another person, the pharmacist on duty, checks it and signs it off.',
    )
  }
  if (countsOf(found.picks) !== countsOf(order.picks)) {
    throw new Refusal(
      'pick_changed',
      'What you checked is not what was picked. Count the strips again, or have the order picked again.',
    )
  }
}

/** Packs of each batch, and pieces of cut strips, whatever the order they were scanned in. */
function countsOf(picks: readonly Picked[]): string {
  const counts = new Map<string, number>()
  for (const { packId, batchId, packs, fromCutStrip } of picks) {
    const key = `${packId} ${batchId} ${fromCutStrip ?? false}`
    counts.set(key, (counts.get(key) ?? 0) + packs)
  }
  return JSON.stringify([...counts].sort(([one], [other]) => one.localeCompare(other)))
}

import {
  type askForTransfer as contract,
  type RequestOf,
  transferRequestDays,
} from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks } from '#modules/catalogue'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { once } from '#kernel/idempotency'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { assertStores } from './send-transfer.ts'

type Wish = RequestOf<typeof contract>['body']

/**
 * Asks another store for base units of a medicine. Nothing moves and nothing is promised; after `transferRequestDays` the
 * request is over by itself. The same key again answers the same request. Refuses `transfer_invalid` for one store twice
 * and `not_found` for an unknown store or medicine.
 */
export async function askForTransfer(
  database: Database,
  caller: Caller,
  key: string,
  wish: Wish,
): Promise<{ id: string }> {
  return inTransaction(database, caller, tx =>
    once(tx, { scope: `stock.transfer_request:${caller.personId}`, key, request: wish }, () =>
      writeRequest(tx, caller, wish),
    ),
  )
}

async function writeRequest(tx: Tx, caller: Caller, wish: Wish): Promise<{ id: string }> {
  const { askingStoreId, askedStoreId, medicineId, units } = wish
  await assertStores(tx, { fromStoreId: askedStoreId, toStoreId: askingStoreId })
  const packs = await findPacks(tx, [medicineId])
  if (!packs.has(medicineId)) {
    throw new Refusal('not_found', 'There is no such medicine. Choose one of the list.')
  }
  const id = newId()
  await sql`
    insert into stock.transfer_request
      (id, asking_store_id, asked_store_id, pack_id, units, reason, asked_by, expires_at)
    values (${id}, ${askingStoreId}, ${askedStoreId}, ${medicineId}, ${units}, ${wish.reason.trim()},
      ${caller.personId}::uuid, kernel.now() + make_interval(days => ${transferRequestDays}))`.execute(
    tx,
  )
  return { id }
}

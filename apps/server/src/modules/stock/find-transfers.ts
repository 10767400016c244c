import { type Transfer, transferListMax } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { findNames } from '#modules/identity'
import { Refusal } from '#kernel/refusal'

interface HeadFound {
  id: string
  serial: number
  fromStoreId: string
  fromStore: string
  toStoreId: string
  toStore: string
  note: string | null
  sentAt: Date
  sentBy: string | null
  receivedAt: Date | null
  receivedBy: string | null
  cancelledAt: Date | null
  cancelledBy: string | null
}

type LineFound = Omit<Transfer['lines'][number], 'name'> & { transferId: string }

const heads = sql`
  select transfer.id, transfer.serial, from_store_id as "fromStoreId", origin.name as "fromStore",
    to_store_id as "toStoreId", target.name as "toStore", note, sent_at as "sentAt", sent_by as "sentBy",
    received_at as "receivedAt", received_by as "receivedBy",
    cancelled_at as "cancelledAt", cancelled_by as "cancelledBy"
  from stock.transfer
  join stock.store as origin on origin.id = from_store_id
  join stock.store as target on target.id = to_store_id`

/** Transfers of one state or all, newest first, at most `transferListMax`. */
export async function findTransfers(
  db: Reader,
  state: Transfer['state'] | undefined,
): Promise<{ items: Transfer[] }> {
  const { rows } = await sql<HeadFound>`
    ${heads}
    where ${state ?? null}::text is null or ${state ?? null}::text
      = case when cancelled_at is not null then 'cancelled' when received_at is not null then 'received' else 'sent' end
    order by serial desc limit ${transferListMax}`.execute(db)
  return { items: await withLines(db, rows) }
}

/** One transfer, or `not_found`. */
export async function findTransfer(db: Reader, id: string): Promise<Transfer> {
  const { rows } = await sql<HeadFound>`${heads} where transfer.id = ${id}`.execute(db)
  const [transfer] = await withLines(db, rows)
  if (!transfer) throw transferNotFound()
  return transfer
}

export const transferNotFound = () =>
  new Refusal('not_found', 'There is no such transfer. Look it up in the list.')

async function withLines(db: Reader, found: readonly HeadFound[]): Promise<Transfer[]> {
  const { rows } = await sql<LineFound>`
    select transfer_id as "transferId", batch_id as "batchId", batch.pack_id as "medicineId",
      batch.batch_number as "batchNumber", batch.expiry_month as expiry, batch.units_per_pack as "unitsPerPack",
      sent_units as "sentUnits", good_units as "goodUnits", damaged_units as "damagedUnits",
      shortage_reason as "shortageReason", batch.hold is null and batch.expires_on >= kernel.today() as "mayBeSold"
    from stock.transfer_line join stock.batch on batch.id = transfer_line.batch_id
    where transfer_id = any(${found.map(one => one.id)}::uuid[])
    order by batch.pack_id, batch.expires_on, batch.id`.execute(db)
  const [packs, names] = await Promise.all([
    findPacks(db, [...new Set(rows.map(row => row.medicineId))]),
    findNames(db, [
      ...new Set(
        found.flatMap(one =>
          [one.sentBy ?? [], one.receivedBy ?? [], one.cancelledBy ?? []].flat(),
        ),
      ),
    ]),
  ])
  return found.map(({ serial, ...one }) => ({
    ...one,
    number: `TR-${serial}`,
    state: one.cancelledAt ? 'cancelled' : one.receivedAt ? 'received' : 'sent',
    sentAt: one.sentAt.toISOString(),
    sentBy: names.get(one.sentBy ?? '') ?? null,
    receivedAt: one.receivedAt?.toISOString() ?? null,
    receivedBy: names.get(one.receivedBy ?? '') ?? null,
    cancelledAt: one.cancelledAt?.toISOString() ?? null,
    cancelledBy: names.get(one.cancelledBy ?? '') ?? null,
    lines: rows.flatMap(({ transferId, ...line }) =>
      transferId === one.id ? [{ ...line, name: packs.get(line.medicineId)?.name ?? '' }] : [],
    ),
  }))
}

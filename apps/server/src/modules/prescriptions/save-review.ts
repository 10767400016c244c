import { type RequestOf, type saveReview as contract, type Worksheet } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks } from '#modules/catalogue'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { discardDrafts } from './discard-drafts.ts'
import { type LockedReview, lockClaimed } from './lock-review.ts'
import { type AskedLine, assertWorksheet } from './worksheet-rules.ts'
import { writePrescriptions } from './write-prescriptions.ts'

export type SavedWorksheet = RequestOf<typeof contract>['body'] & { readonly id: string }

/**
 * Writes what the holder of the claim read and said, in place of what was written before. Nothing is approved by it.
 * Refuses `review_claimed`, `review_changed`, `review_state_forbids`, and `worksheet_invalid` for what cannot be, by
 * field: a day that does not exist, a line or an item that is not there, more packs than were asked for,
 * units of a pack nobody lets be cut.
 */
export async function saveReview(
  database: Database,
  caller: Caller,
  worksheet: SavedWorksheet,
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const review = await lockClaimed(tx, caller, worksheet)
    assertWorksheet(worksheet, await findAsked(tx, review.id))
    await assertMedicines(tx, worksheet)
    await discardDrafts(tx, review.id)
    const itemIds = await writePrescriptions(tx, caller, review, worksheet.prescriptions)
    await assertItemsUsable(tx, review, worksheet)
    await writeVerdicts(tx, review.id, worksheet, itemIds)
    await sql`update prescriptions.review set version = version + 1 where id = ${review.id}`.execute(
      tx,
    )
    return { id: review.id }
  })
}

async function findAsked(tx: Tx, reviewId: string): Promise<Map<number, AskedLine>> {
  const { rows } = await sql<{ line: number; packId: string; packs: number }>`
    select line, pack_id as "packId", asked_packs as packs from prescriptions.review_line
    where review_id = ${reviewId} order by line`.execute(tx)
  const packs = await findPacks(
    tx,
    rows.map(row => row.packId),
  )
  return new Map(
    rows.map(row => {
      const pack = packs.get(row.packId)
      const cutUnitsPerPack = pack?.mayBeCut ? pack.unitsPerPack : null
      return [row.line, { packs: row.packs, cutUnitsPerPack }]
    }),
  )
}

async function assertMedicines(tx: Tx, { prescriptions }: Worksheet): Promise<void> {
  const ids = prescriptions.flatMap(one => one.items.flatMap(item => item.medicineId ?? []))
  const known = await findPacks(tx, [...new Set(ids)])
  if (ids.every(id => known.has(id))) return
  throw new Refusal(
    'worksheet_invalid',
    'A medicine chosen for a line is no longer in the catalogue. Choose another.',
  )
}

/** Whatever a line rests on was approved for the same customer and not revoked. */
async function assertItemsUsable(
  tx: Tx,
  review: LockedReview,
  { lines }: Worksheet,
): Promise<void> {
  const ids = [
    ...new Set(lines.flatMap(({ item }) => (item && 'itemId' in item ? item.itemId : []))),
  ]
  const { rows } = await sql`
    select item.id from prescriptions.prescription_item as item
    join prescriptions.prescription on prescription.id = item.prescription_id
    where item.id = any(${ids}::uuid[]) and prescription.person_id = ${review.personId}
      and prescription.state = 'approved' order by item.id`.execute(tx)
  if (rows.length === ids.length) return
  throw new Refusal(
    'worksheet_invalid',
    'A line rests on a prescription that is not this customer’s or was revoked. Choose another.',
  )
}

async function writeVerdicts(
  tx: Tx,
  reviewId: string,
  { lines }: Worksheet,
  itemIds: readonly (readonly string[])[],
): Promise<void> {
  const itemOf = (item: Worksheet['lines'][number]['item']): string | null => {
    if (item === null) return null
    return 'itemId' in item ? item.itemId : (itemIds[item.prescription]?.[item.item] ?? null)
  }
  await sql`
    update prescriptions.review_line as kept
    set verdict = said.verdict, approved_packs = said.packs, approved_units = said.units, code = said.code, note = said.note, item_id = said.item_id
    from unnest(${lines.map(one => one.line)}::integer[], ${lines.map(one => one.verdict)}::text[],
      ${lines.map(one => (one.verdict === 'refused' ? null : one.packs))}::integer[],
      ${lines.map(one => one.units ?? null)}::integer[],
      ${lines.map(one => one.code)}::text[], ${lines.map(one => one.note)}::text[],
      ${lines.map(one => itemOf(one.item))}::uuid[]) as said (line, verdict, packs, units, code, note, item_id)
    where kept.review_id = ${reviewId} and kept.line = said.line`.execute(tx)
}

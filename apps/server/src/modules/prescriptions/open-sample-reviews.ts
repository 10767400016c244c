import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { openReview } from './open-review.ts'

const sessionsMax = 50
const names = ['Sunita Sample', 'Imran Sample', 'Kavita Sample', 'Anil Sample', 'Meera Sample']

/**
 * Opens a review for each sending of good files no review rests on yet, with two packs of each medicine, for pickup; for
 * trying the desk out before anybody ordered. Answers how many were opened.
 */
export async function openSampleReviews(
  database: Database,
  sample: { readonly storeId: string; readonly packIds: readonly string[] },
): Promise<number> {
  const caller = systemCaller('sample prescriptions')
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ personId: string; uploadIds: string[]; number: number }>`
      select person_id as "personId", array_agg(id order by position) as "uploadIds",
        row_number() over (order by session_id)::integer as number
      from prescriptions.upload
      where state = 'ready' and used_at is null and forgotten_at is null
      group by session_id, person_id order by session_id limit ${sessionsMax}`.execute(tx)
    for (const { personId, uploadIds, number } of rows) {
      await openReview(tx, caller, {
        orderId: randomUUID(),
        orderNumber: `SAMPLE-${number}`,
        personId,
        storeId: sample.storeId,
        patientId: null,
        uploadIds,
        lane: 'pickup',
        customer: {
          name: names[number % names.length]!,
          address: '12 Invented Lane, Indore 452001',
        },
        lines: sample.packIds.map((packId, at) => ({ line: at + 1, packId, packs: 2 })),
      })
    }
    return rows.length
  })
}

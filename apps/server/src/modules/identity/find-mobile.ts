import { type Kysely, sql } from 'kysely'
import type { MobileNumber } from './mobile-number.ts'

/** The number a person signs in with, for what has a message for her; undefined for an unknown id. */
export async function findMobile(
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  personId: string,
): Promise<MobileNumber | undefined> {
  const { rows } = await sql<{ mobile: string }>`
    select mobile from identity.person where id = ${personId}`.execute(db)
  return rows[0]?.mobile
}

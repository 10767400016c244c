import type { findPrescribers, ReplyOf } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import { nameKey } from './fingerprint.ts'

const prescribersMax = 8

/** Doctors read before whose name, or a word of it, or registration begins like this; the last used first. */
export async function findKnownPrescribers(
  db: Reader,
  typed: string,
): Promise<ReplyOf<typeof findPrescribers>['items']> {
  const key = nameKey(typed)
  const { rows } = await sql<ReplyOf<typeof findPrescribers>['items'][number]>`
    select id, name, qualification, registration_number as registration, council, address
    from prescriptions.prescriber
    where ${key} = '' or starts_with(name_key, ${key}) or position(' ' || ${key} in name_key) > 0
      or starts_with(lower(registration_number), lower(${typed.trim()}))
    order by used_at desc, id limit ${prescribersMax}`.execute(db)
  return rows
}

import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { loadSamplePeople } from '#modules/identity'
import { personCaller } from './shelf-for-tests.ts'

/** The sample pharmacist at work, who has a name and a role. */
export async function samplePharmacist(database: Database): Promise<Caller> {
  const logins = await loadSamplePeople(database)
  const mobile = logins.find(({ role }) => role === 'pharmacist')?.mobile
  const { rows } = await sql<{ id: string }>`
    select id from identity.person where mobile = ${mobile}`.execute(database.db)
  return { ...personCaller(rows[0]!.id), roles: ['pharmacist'] }
}

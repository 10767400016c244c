import type { Role } from '@janta/contracts'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'

/** One ready login of the sample pharmacy. Nobody real: the numbers spell themselves and every name is Sample. */
export interface SampleLogin {
  readonly role: Role | 'customer'
  readonly name: string
  readonly mobile: string
}

export const sampleLogins: readonly SampleLogin[] = [
  { role: 'customer', name: 'Sunita Sample', mobile: '+919000000001' },
  { role: 'pharmacist', name: 'R. Sample', mobile: '+919000000002' },
  { role: 'stock_keeper', name: 'K. Sample', mobile: '+919000000003' },
  { role: 'administrator', name: 'A. Sample', mobile: '+919000000004' },
]

/** Adds the sample people that are missing; running it again changes nothing. */
export async function loadSamplePeople(database: Database): Promise<readonly SampleLogin[]> {
  await inTransaction(database, systemCaller('sample'), async tx => {
    for (const { role, name, mobile } of sampleLogins) {
      await sql`
        insert into identity.person (id, mobile, name, is_sample)
        values (${newId()}, ${mobile}, ${name}, true) on conflict (mobile) do nothing`.execute(tx)
      if (role === 'customer') continue
      await sql`
        insert into identity.role_grant (id, person_id, role)
        select ${newId()}, id, ${role} from identity.person where mobile = ${mobile}
        on conflict (person_id, role) where revoked_at is null do nothing`.execute(tx)
    }
  })
  return sampleLogins
}

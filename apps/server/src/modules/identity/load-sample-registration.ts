import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { inTransaction } from '#kernel/transaction'

const sampleMobile = '+919000000002'
/** Says SAMPLE wherever it is shown or printed, so that nobody takes it for a real registration. */
const sampleNumber = 'SAMPLE-0001'

/** Registers the sample pharmacist for a store and leaves her off duty; running it again changes nothing. */
export async function loadSampleRegistration(database: Database, storeId: string): Promise<void> {
  await inTransaction(database, systemCaller('sample'), async tx => {
    await sql`
      insert into identity.pharmacist_registration (id, person_id, store_id, full_name, registration_number, council,
        qualification, valid_from, valid_upto, is_sample)
      select ${newId()}, id, ${storeId}, name, ${sampleNumber}, 'SAMPLE Pharmacy Council', 'SAMPLE B. Pharm.',
        kernel.today() - 365, kernel.today() + 3650, true
      from identity.person where mobile = ${sampleMobile} and is_sample
      on conflict do nothing`.execute(tx)
  })
}

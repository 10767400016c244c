import { gstinCheck } from '@janta/contracts'
import { sql } from 'kysely'
import { defaultStore } from '#modules/stock'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { recordSeller } from './record-seller.ts'

const withoutCheck = '23AAAAA0000A1Z'

/** The facts a memo prints, every one of them marked as a sample; a store somebody entered stays as it is. */
export async function loadSampleBilling(database: Database): Promise<void> {
  const { id: storeId } = await defaultStore(database.db)
  const { rows } =
    await sql`select from billing.seller where store_id = ${storeId} limit 1`.execute(database.db)
  if (rows.length > 0) return
  const seller = {
    storeId,
    effectiveFrom: '2017-07-01',
    legalName: 'SAMPLE Janta Medicals Private Limited',
    tradeName: 'Janta Pharmacy (SAMPLE)',
    addressLines: ['SAMPLE, 1 Invented Road', 'Indore, Madhya Pradesh'],
    pin: '452001',
    gstin: withoutCheck + gstinCheck(withoutCheck),
    drugLicences: ['20: SAMPLE/MP/20/0001', '21: SAMPLE/MP/21/0001', '20F: SAMPLE/MP/20F/0001'],
    fssaiNumber: '10000000000000',
    phone: '9000000000',
    email: 'sample@pharmacy.example',
    hsnDigits: 4 as const,
    deliveryTreatment: 'own_service' as const,
  }
  await recordSeller(database, systemCaller('billing.load_sample'), seller, { isSample: true })
}

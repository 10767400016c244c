import { sql } from 'kysely'
import { findSeller } from '#modules/billing'
import { findPacks, type Reader } from '#modules/catalogue'
import { findApprovedPrescription } from '#modules/prescriptions'
import { defaultStore } from '#modules/stock'
import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import { dispenseBundle } from './fhir-dispense.ts'
import type { Resource } from './fhir-parts.ts'
import { prescriptionDocument } from './fhir-prescription.ts'
import { findSupply } from './find-supply.ts'

/** An approved prescription as its FHIR document. Refuses `not_found` for a draft, and where no seller is on record. */
export async function exportPrescription(db: Reader, id: string): Promise<Resource> {
  const prescription = await findApprovedPrescription(db, id)
  const { rows } = await sql<{ today: Day }>`select kernel.today() as today`.execute(db)
  const seller = await findSeller(db, (await defaultStore(db)).id, rows[0]!.today)
  if (!prescription || !seller) {
    throw new Refusal(
      'not_found',
      'No approved prescription is kept under this number. Only what was approved is exported.',
    )
  }
  const packIds = prescription.items.flatMap(item => item.packId ?? [])
  return prescriptionDocument(prescription, await findPacks(db, [...new Set(packIds)]), seller)
}

/** What an order left with as FHIR. Refuses `not_found` while nothing was signed off. */
export async function exportSupply(db: Reader, orderId: string): Promise<Resource> {
  return dispenseBundle(await findSupply(db, orderId))
}

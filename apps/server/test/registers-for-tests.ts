import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { inTransaction } from '#kernel/transaction'
import {
  type RegisterCoverage,
  type RegisterNumber,
  type RegisterSupply,
  writeRegisterEntries,
} from '#modules/dispensing'
import { sampleStoreId } from './billing-for-tests.ts'
import { addPack, personCaller } from './shelf-for-tests.ts'

/** A Schedule H medicine in strips of ten; with `H1` one that stands in Schedule H1 too. */
export async function addScheduledPack(
  database: Database,
  scheme: 'H' | 'H1' = 'H',
): Promise<string> {
  const packId = await addPack(database, { decision: 'prescription' })
  if (scheme === 'H1') {
    await sql`
      with drug as (
        insert into catalogue.clinical_drug (equivalence_key, form, release, route, composition)
        values (${randomUUID()}, 'tablet', 'immediate', 'oral', 'Cefixime 200 mg') returning id
      ), salt as (
        insert into catalogue.clinical_drug_salt (clinical_drug_id, position, substance_id, strength, strength_key)
        select drug.id, 1, substance.id, '200 mg', '200mg' from drug, catalogue.substance
        where substance.name = 'cefixime'
      )
      update catalogue.medicine set clinical_drug_id = (select id from drug)
      where id = (select medicine_id from catalogue.pack where id = ${packId})`.execute(database.db)
  }
  return packId
}

export function coverageOf(more: Partial<RegisterCoverage> = {}): RegisterCoverage {
  return {
    prescriptionId: randomUUID(),
    prescriptionItemId: randomUUID(),
    prescriberName: 'Dr N. Sample',
    prescriberAddress: 'Sample Clinic, Indore',
    prescriberRegistration: 'R-1',
    patientName: 'Sunita Sample',
    patientAddress: '12 Invented Lane, Indore 452001',
    issuedOn: '2026-01-05',
    pharmacistName: 'P. Sample',
    pharmacistRegistration: 'T-1',
    directions: { kind: 'daily', doses: [4, 0, 4], days: 5, food: 'after' },
    schemes: ['H'],
    ...more,
  }
}

export interface SuppliedForTests {
  readonly orderId: string
  readonly supplies: readonly RegisterSupply[]
  readonly numbers: readonly RegisterNumber[]
}

/** Lets batches leave on prescription, as the sign-off does: dispensing rows and register entries in one transaction. */
export async function supplyOn(
  database: Database,
  wanted: readonly (Pick<RegisterSupply, 'packId' | 'coverage'> & Partial<RegisterSupply>)[],
  orderId: string = randomUUID(),
): Promise<SuppliedForTests> {
  const caller = personCaller()
  const supplies = wanted.map((one, at) => ({
    dispensingId: randomUUID(),
    line: at + 1,
    batchNumber: `B${at + 1}`,
    expiry: '2099-01',
    manufacturer: 'Invented Labs',
    packs: 2,
    units: 20,
    ...one,
  }))
  const { rows } = await sql<{ today: Day }>`select kernel.today() as today`.execute(database.db)
  const on = rows[0]!.today
  const numbers = await inTransaction(database, caller, async tx => {
    for (const one of supplies) {
      await sql`
        insert into dispensing.dispensing (id, order_id, order_line, pack_id, batch_id, batch_number, expiry_month,
          packs, units, mrp_paise, price_paise, packed_by, request_id)
        values (${one.dispensingId}, ${orderId}, ${one.line}, ${one.packId}, ${randomUUID()}, ${one.batchNumber},
          ${one.expiry}, ${one.packs}, ${one.units}, 10000, 9000, ${caller.personId}, 'test')`.execute(
        tx,
      )
    }
    return writeRegisterEntries(tx, caller, {
      orderId,
      storeId: sampleStoreId,
      on,
      pharmacist: { fullName: 'S. Signing', number: 'T-2' },
      entries: supplies,
    })
  })
  return { orderId, supplies, numbers }
}

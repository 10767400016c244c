import { sql } from 'kysely'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/transaction'
import type { ReadPrescription } from './find-prescriptions.ts'
import { nameKey } from './fingerprint.ts'

/** Keeps who prescribed, so that next time she is chosen and not typed; what was read last is what is offered. */
export async function rememberPrescribers(
  tx: Tx,
  prescriptions: readonly ReadPrescription[],
): Promise<void> {
  const known = new Map(
    prescriptions.flatMap(one => (keyOf(one) === null ? [] : [[keyOf(one)!, one]])),
  )
  for (const [key, one] of [...known].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await sql`
      insert into prescriptions.prescriber (id, prescriber_key, name, name_key, qualification, registration_number,
        council, address)
      values (${newId()}, ${key}, ${one.prescriberName}, ${nameKey(one.prescriberName ?? '')},
        ${one.prescriberQualification}, ${one.prescriberRegistration}, ${one.prescriberCouncil},
        ${one.prescriberAddress})
      on conflict (prescriber_key) do update
      set name = excluded.name, name_key = excluded.name_key, used_at = kernel.now(),
        uses = prescriber.uses + 1, address = excluded.address,
        qualification = coalesce(excluded.qualification, prescriber.qualification),
        registration_number = coalesce(excluded.registration_number, prescriber.registration_number),
        council = coalesce(excluded.council, prescriber.council)`.execute(tx)
  }
}

/** By the council's number where there is one, otherwise by name and clinic. */
function keyOf(one: ReadPrescription): string | null {
  if (!one.prescriberName) return null
  return one.prescriberRegistration && one.prescriberCouncil
    ? `${nameKey(one.prescriberCouncil)}|${nameKey(one.prescriberRegistration)}`
    : `${nameKey(one.prescriberName)}|${nameKey(one.prescriberAddress ?? '')}`
}

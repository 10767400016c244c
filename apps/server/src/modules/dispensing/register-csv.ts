import { csvRow, type RegisterEntry } from '@janta/contracts'

const heads = [
  'serial',
  'date_of_supply',
  'kind',
  'kept_in',
  'prescriber_name',
  'prescriber_address',
  'prescriber_registration',
  'patient_name',
  'patient_address',
  'drug_name',
  'packs',
  'units',
  'base_unit',
  'manufacturer',
  'batch_number',
  'expiry',
  'schedules',
  'pharmacist_name',
  'pharmacist_registration',
  'approver_name',
  'approver_registration',
  'entered_at',
  'repeats_serial',
  'voids_serial',
  'void_reason',
  'voided_by_serial',
]

/** The register as a spreadsheet reads it, in serial order, voids and what they void included. */
export function registerCsv(entries: readonly RegisterEntry[]): string {
  const say = (value: number | string | null) => (value === null ? '' : String(value))
  const rows = entries.map(one => [
    say(one.serial),
    one.suppliedOn,
    one.kind,
    one.keptIn,
    one.prescriberName,
    one.prescriberAddress,
    say(one.prescriberRegistration),
    one.patientName,
    one.patientAddress,
    one.drugName,
    say(one.packs),
    say(one.units),
    one.baseUnit,
    one.manufacturer,
    one.batchNumber,
    one.expiry,
    one.schemes.join(' '),
    one.pharmacistName,
    one.pharmacistRegistration,
    say(one.approverName),
    say(one.approverRegistration),
    one.enteredAt,
    say(one.repeatsSerial),
    say(one.voidsSerial),
    say(one.voidReason),
    say(one.voidedBySerial),
  ])
  return [heads, ...rows].map(csvRow).join('')
}

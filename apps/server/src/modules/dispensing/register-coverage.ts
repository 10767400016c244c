import type { Directions } from '@janta/contracts'
import type { Day, Month } from '#kernel/day'

/** The two registers a supply on prescription is written in. */
export type Register = 'prescription' | 'h1'

/** What a supply rests on, copied as the prescriptions module held it for this supply. */
export interface RegisterCoverage {
  readonly prescriptionId: string
  readonly prescriptionItemId: string
  readonly prescriberName: string
  readonly prescriberAddress: string
  readonly prescriberRegistration: string | null
  readonly patientName: string
  readonly patientAddress: string
  readonly issuedOn: Day
  /** Who approved the prescription. */
  readonly pharmacistName: string
  readonly pharmacistRegistration: string
  readonly directions: Directions | null
  readonly schemes: readonly string[]
}

/** Packs of one batch that leave on a prescription. */
export interface RegisterSupply {
  readonly dispensingId: string
  readonly line: number
  readonly packId: string
  readonly batchNumber: string
  readonly expiry: Month
  readonly manufacturer: string
  readonly packs: number
  /** Base units. */
  readonly units: number
  readonly coverage: RegisterCoverage
}

export interface RegisterRequest {
  readonly orderId: string
  readonly storeId: string
  /** The Indian day of the supply. */
  readonly on: Day
  /** By whom, or under whose eyes, it is supplied: the signature rule 65(3)(1) asks for. */
  readonly pharmacist: { readonly fullName: string; readonly number: string }
  readonly entries: readonly RegisterSupply[]
}

/** The numbers to write on the prescription and the memo. */
export interface RegisterNumber {
  readonly line: number
  readonly dispensingId: string
  readonly serial: number
  readonly h1Serial: number | null
}

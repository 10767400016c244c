import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Day, Id, Instant } from './shapes.ts'

const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const Text = (letters: number) => Type.String({ minLength: 1, maxLength: letters })
const closed = { additionalProperties: false }

/** Hours one turn of duty lasts at most; it ends by itself. */
export const dutyHoursMax = 12
export const pharmacistsMax = 50

/** A registration with a State Pharmacy Council (Pharmacy Act 1948, section 42), not a role of this software. */
export const PharmacistRegistration = Type.Object({
  id: Id,
  personId: Id,
  storeId: Id,
  /** As the council registered the name. */
  fullName: Type.String(),
  /** Free text: the councils share no format. */
  registrationNumber: Type.String(),
  council: Type.String(),
  qualification: Type.String(),
  validFrom: Day,
  /** The last day of it; councils want a renewal. */
  validUpto: Day,
  /** Invented, for trying things out; says so wherever it is printed. */
  isSample: Type.Boolean(),
  endedAt: Type.Union([Instant, Type.Null()]),
})
export type PharmacistRegistration = Static<typeof PharmacistRegistration>

export const Duty = Type.Object({
  id: Id,
  personId: Id,
  storeId: Id,
  fullName: Type.String(),
  registrationNumber: Type.String(),
  council: Type.String(),
  startedAt: Instant,
  endsAt: Instant,
})
export type Duty = Static<typeof Duty>

const registering = {
  tag: 'identity',
  permission: 'pharmacists.register',
  ownership: 'none',
} as const
const onDuty = { tag: 'identity', permission: 'prescriptions.review', ownership: 'none' } as const

export const listPharmacists = endpoint({
  ...registering,
  method: 'GET',
  path: '/pharmacist-registrations',
  summary:
    'Registered pharmacists of the stores, those whose registration was ended last; who works as one without any',
  status: 200,
  audit: 'none',
  reply: Type.Object({
    items: Type.Array(PharmacistRegistration, { maxItems: pharmacistsMax }),
    /** Staff with the pharmacist's role and no registration in force or lapsed here: they cannot go on duty. */
    unregistered: Type.Array(
      Type.Object({ personId: Id, name: Type.Union([Type.String(), Type.Null()]) }),
      { maxItems: pharmacistsMax },
    ),
    /** Everybody on duty now, at any store. */
    onDuty: Type.Array(Duty, { maxItems: pharmacistsMax }),
  }),
  refusals: usual,
})

export const registerPharmacist = endpoint({
  ...registering,
  method: 'POST',
  path: '/pharmacist-registrations',
  summary: 'Enter a pharmacist’s council registration; a pharmacist serves one store',
  status: 201,
  audit: 'identity.pharmacist_registered',
  idempotent: true,
  body: Type.Object(
    {
      personId: Id,
      storeId: Id,
      fullName: Text(80),
      registrationNumber: Text(40),
      council: Text(80),
      qualification: Text(80),
      validFrom: Day,
      validUpto: Day,
    },
    closed,
  ),
  reply: PharmacistRegistration,
  refusals: [
    ...usual,
    'idempotency_key_missing',
    'idempotency_key_reused',
    'not_found',
    'registration_exists',
    'registration_invalid',
  ],
})

export const endRegistration = endpoint({
  ...registering,
  method: 'POST',
  path: '/pharmacist-registrations/:id/ending',
  summary: 'End a registration here: the person left, or it was not renewed. Duty ends with it',
  status: 201,
  audit: 'identity.registration_ended',
  params: Type.Object({ id: Id }),
  body: Type.Object({ reason: Text(200) }, closed),
  reply: PharmacistRegistration,
  refusals: [...usual, 'not_found', 'registration_invalid'],
})

const DutyNow = Type.Object({
  /** The asker's own duty. */
  mine: Type.Union([Duty, Type.Null()]),
  /** Everybody on duty at the asker's store. */
  atStore: Type.Array(Duty, { maxItems: pharmacistsMax }),
  /** False when the asker has no valid registration, and so cannot go on duty. */
  isRegistered: Type.Boolean(),
})
export type DutyNow = Static<typeof DutyNow>

export const getDuty = endpoint({
  ...onDuty,
  method: 'GET',
  path: '/duty',
  summary: 'Who answers for prescriptions at my store now',
  status: 200,
  audit: 'none',
  reply: DutyNow,
  refusals: usual,
})

export const startDuty = endpoint({
  ...onDuty,
  method: 'POST',
  path: '/duty',
  summary: 'Go on duty for some hours; it ends by itself. Again while on duty: the new hours count',
  status: 201,
  audit: 'identity.duty_started',
  body: Type.Object({ hours: Type.Integer({ minimum: 1, maximum: dutyHoursMax }) }, closed),
  reply: DutyNow,
  refusals: [...usual, 'pharmacist_not_registered'],
})

export const endDuty = endpoint({
  ...onDuty,
  method: 'DELETE',
  path: '/duty',
  summary: 'Go off duty',
  status: 200,
  audit: 'identity.duty_ended',
  reply: DutyNow,
  refusals: usual,
})

/** The endpoints of this file by operation id. */
export const pharmacists = {
  listPharmacists,
  registerPharmacist,
  endRegistration,
  getDuty,
  startDuty,
  endDuty,
}

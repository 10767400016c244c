import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { roles } from './roles.ts'
import { Id, oneOf } from './shapes.ts'

export const staffMax = 200

/** Somebody who works here, or did: whoever ever held a role. */
export const StaffMember = Type.Object({
  id: Id,
  name: Type.Union([Type.String(), Type.Null()]),
  /** Enough to recognise a colleague's number, too little to learn it. */
  mobileMasked: Type.String(),
  roles: Type.Array(oneOf(roles)),
  /** Devices on which this person is signed in now. */
  openSessions: Type.Integer(),
})
export type StaffMember = Static<typeof StaffMember>

const managing = { tag: 'identity', permission: 'people.manage', ownership: 'none' } as const
const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const closed = { additionalProperties: false }

export const listStaff = endpoint({
  ...managing,
  method: 'GET',
  path: '/staff',
  summary: 'Who works here with which roles; who left comes last',
  status: 200,
  audit: 'none',
  reply: Type.Object({ items: Type.Array(StaffMember, { maxItems: staffMax }) }),
  refusals: usual,
})

export const setStaff = endpoint({
  ...managing,
  method: 'PUT',
  path: '/staff',
  summary:
    'Give the person of this mobile number exactly these roles; with none left, every session ends',
  status: 200,
  audit: 'identity.roles_changed',
  body: Type.Object(
    {
      mobile: Type.String({ minLength: 1, maxLength: 20 }),
      name: Type.String({ minLength: 1, maxLength: 80 }),
      roles: Type.Array(oneOf(roles), { maxItems: roles.length, uniqueItems: true }),
    },
    closed,
  ),
  reply: StaffMember,
  refusals: [...usual, 'mobile_invalid', 'last_administrator'],
})

export const endStaffSessions = endpoint({
  ...managing,
  method: 'DELETE',
  path: '/staff/:id/sessions',
  summary: 'Sign a colleague out everywhere, at once: a lost phone, a device left signed in',
  status: 200,
  audit: 'identity.sessions_ended',
  params: Type.Object({ id: Id }),
  reply: StaffMember,
  refusals: [...usual, 'not_found'],
})

export const staff = { listStaff, setStaff, endStaffSessions } as const

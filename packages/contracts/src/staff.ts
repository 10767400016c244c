import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { roles } from './roles.ts'
import { Id, Instant, oneOf } from './shapes.ts'

export const staffMax = 200
export const roleChangesMax = 50

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

/** One role given to somebody, or taken; both stay rows for ever. */
export const RoleChange = Type.Object({
  id: Type.String(),
  personId: Id,
  name: Type.Union([Type.String(), Type.Null()]),
  role: oneOf(roles),
  kind: oneOf(['given', 'taken']),
  at: Instant,
  /** Who did it; nobody was signed in at the terminal. */
  byId: Type.Union([Id, Type.Null()]),
  byName: Type.Union([Type.String(), Type.Null()]),
})
export type RoleChange = Static<typeof RoleChange>

const managing = { tag: 'identity', permission: 'people.manage', ownership: 'none' } as const
const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const closed = { additionalProperties: false }
const Roles = Type.Array(oneOf(roles), { maxItems: roles.length, uniqueItems: true })

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
      roles: Roles,
    },
    closed,
  ),
  reply: StaffMember,
  refusals: [...usual, 'mobile_invalid', 'last_administrator'],
})

export const setStaffRoles = endpoint({
  ...managing,
  method: 'PUT',
  path: '/staff/:id/roles',
  summary: 'Give a colleague of the list exactly these roles; with none left, every session ends',
  status: 200,
  audit: 'identity.roles_changed',
  params: Type.Object({ id: Id }),
  body: Type.Object({ roles: Roles }, closed),
  reply: StaffMember,
  refusals: [...usual, 'not_found', 'last_administrator'],
})

export const listRoleChanges = endpoint({
  ...managing,
  method: 'GET',
  path: '/staff/role-changes',
  summary: 'The last roles given and taken, newest first, with who did it',
  status: 200,
  audit: 'none',
  reply: Type.Object({ items: Type.Array(RoleChange, { maxItems: roleChangesMax }) }),
  refusals: usual,
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

export const staff = {
  listStaff,
  setStaff,
  setStaffRoles,
  listRoleChanges,
  endStaffSessions,
} as const

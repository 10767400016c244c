import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { roles } from './roles.ts'
import { Id, Instant, oneOf } from './shapes.ts'

export const Person = Type.Object({
  id: Id,
  /** Shown to its owner only: +91 and ten digits. */
  mobile: Type.String(),
  name: Type.Union([Type.String({ maxLength: 80 }), Type.Null()]),
  roles: Type.Array(oneOf(roles)),
})
export type Person = Static<typeof Person>

/** An Indian mobile number as people type it: +91, 0, spaces and hyphens are allowed and stripped. */
const Mobile = Type.String({ minLength: 1, maxLength: 20 })

export const requestSignInCode = endpoint({
  method: 'POST',
  path: '/sign-in-codes',
  summary:
    'Send a six-digit sign-in code to a mobile number; the answer is the same for known and unknown numbers',
  tag: 'identity',
  status: 201,
  permission: 'public',
  ownership: 'none',
  audit: 'none',
  body: Type.Object(
    {
      mobile: Mobile,
      /** Of the message; absent: English. */
      language: Type.Optional(oneOf(['en', 'hi'])),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    /** Binds the code to this request (ASVS 6.6.2); send it back with the code. */
    id: Id,
    mobileMasked: Type.String(),
    expiresAt: Instant,
    resendAfterSeconds: Type.Integer(),
    /** Present only in local mode, where no SMS is sent. */
    localCode: Type.Optional(Type.String()),
  }),
  refusals: ['malformed_request', 'mobile_invalid', 'too_many_requests', 'code_not_sent'],
})

export const createSession = endpoint({
  method: 'POST',
  path: '/sessions',
  summary: 'Sign in with the code; sets the session cookie and brings the guest cart along',
  tag: 'identity',
  status: 201,
  permission: 'public',
  ownership: 'none',
  audit: 'identity.signed_in',
  body: Type.Object(
    { codeId: Id, code: Type.String({ minLength: 1, maxLength: 12 }) },
    { additionalProperties: false },
  ),
  reply: Person,
  refusals: ['malformed_request', 'code_wrong', 'code_expired', 'code_used_up'],
})

export const endSession = endpoint({
  method: 'DELETE',
  path: '/sessions/current',
  summary: 'Sign out of this device',
  tag: 'identity',
  status: 204,
  permission: 'public',
  ownership: 'none',
  audit: 'none',
  reply: Type.Null(),
  refusals: [],
})

export const getMe = endpoint({
  method: 'GET',
  path: '/me',
  summary: 'Who is signed in on this device, or nobody',
  tag: 'identity',
  status: 200,
  permission: 'public',
  ownership: 'none',
  audit: 'none',
  reply: Type.Object({ person: Type.Union([Person, Type.Null()]) }),
  refusals: [],
})

import type { Generated } from 'kysely'
import type { Role } from '@janta/contracts'

/** The identity tables as Kysely sees them. */
export interface IdentitySchema {
  'identity.person': {
    id: string
    mobile: string
    name: string | null
    is_sample: Generated<boolean>
    created_at: Generated<Date>
  }
  'identity.role_grant': {
    id: string
    person_id: string
    role: Role
    granted_at: Generated<Date>
    granted_by: string | null
    revoked_at: Date | null
  }
  'identity.sign_in_code': {
    id: string
    mobile: string
    code_hash: Buffer
    address_hash: Buffer
    sent_at: Generated<Date>
    expires_at: Date
    tries: Generated<number>
    used_at: Date | null
  }
  'identity.session': {
    id: string
    token_hash: Buffer
    person_id: string
    created_at: Generated<Date>
    seen_at: Generated<Date>
    idle_until: Date
    ends_at: Date
    ended_at: Date | null
  }
}

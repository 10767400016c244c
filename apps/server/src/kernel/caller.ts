import type { Role } from '@janta/contracts'
import type { Tx } from '#kernel/transaction'

/** Who acts, in which request, and what the audit trail will call it. */
export interface Caller {
  readonly personId: string | null
  readonly roles: readonly Role[]
  readonly requestId: string
  /** Where the request came from; counted by its HMAC, never stored or logged as it is. */
  readonly address: string
  /** The session token as its cookie carried it; never logged. */
  readonly sessionToken: string | null
  /** The guest cart's token as its cookie carried it; never logged. */
  readonly cartToken: string | null
  /** Writes the audit row of this act in the act's own transaction; absent where nothing is audited. */
  readonly audit: ((tx: Tx, objectId: string | null) => Promise<void>) | null
}

/** The pharmacy's own machinery acting by itself: a job, a migration, the sample loader. */
export function systemCaller(task: string): Caller {
  return {
    personId: null,
    roles: [],
    requestId: `system:${task}`,
    address: '',
    sessionToken: null,
    cartToken: null,
    audit: null,
  }
}

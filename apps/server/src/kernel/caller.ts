import type { Role } from '@janta/contracts'
import type { Tx } from '#kernel/transaction'

/** Who acts, in which request, and what the audit trail will call it. */
export interface Caller {
  readonly personId: string | null
  readonly roles: readonly Role[]
  readonly requestId: string
  /** The guest cart's token as its cookie carried it; never logged. */
  readonly cartToken: string | null
  /** Writes the audit row of this act in the act's own transaction; absent where nothing is audited. */
  readonly audit: ((tx: Tx, objectId: string | null) => Promise<void>) | null
}

/** The pharmacy's own machinery acting by itself: a job, a migration, the sample loader. */
export function systemCaller(task: string): Caller {
  return { personId: null, roles: [], requestId: `system:${task}`, cartToken: null, audit: null }
}

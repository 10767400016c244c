import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import type { KeptSessions } from './kept-sessions.ts'
import { hashToken } from './session-token.ts'
import { endSession } from './sign-in.ts'

/** Ends the session of this token on every task at once; ending it twice is the same as once. */
export async function signOut(
  { database, sessions }: { database: Database; sessions: KeptSessions },
  caller: Caller,
  token: string,
): Promise<void> {
  const told = await sessions.forget([hashToken(token)])
  await inTransaction(database, caller, async tx => {
    await endSession(tx, token)
    await told(tx)
  })
}

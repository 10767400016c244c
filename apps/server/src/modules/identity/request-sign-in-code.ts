import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { maskMobile, parseMobile } from './mobile-number.ts'
import {
  codesPerAddressPerHourMax,
  codesPerDayMax,
  codesPerHourMax,
  codeValidMinutes,
  drawCode,
  hashCode,
  resendAfterSeconds,
} from './sign-in-code.ts'

export interface SignInCodeRequest {
  mobile: string
  /** HMAC of the network address: enough to count by, useless to anybody else. */
  addressHash: Buffer
  secretKey: string
}

/**
 * Draws a code for a number, known or unknown alike, so that nobody learns who shops here (ASVS 6.3.8).
 * Limits per number: one in 30 seconds, 5 an hour, 10 a day; per address: 60 an hour.
 * Refuses `mobile_invalid` and `too_many_requests` (with the seconds to wait). The code itself is returned for
 * the sender and never stored.
 */
export async function requestSignInCode(
  database: Database,
  caller: Caller,
  request: SignInCodeRequest,
) {
  const mobile = parseMobile(request.mobile)
  if (!mobile) {
    throw new Refusal('mobile_invalid', 'Enter a ten-digit Indian mobile number.', {
      fields: [{ field: 'mobile', message: 'Enter a ten-digit Indian mobile number.' }],
    })
  }
  const id = newId()
  const code = drawCode()
  const expiresAt = await inTransaction(database, caller, async tx => {
    // Two requests for one number at the same instant are counted one after the other.
    await sql`select pg_advisory_xact_lock(hashtextextended(${mobile}, 0))`.execute(tx)
    await assertWithinLimits(tx, mobile, request.addressHash)
    const { rows } = await sql<{ expiresAt: Date }>`
      insert into identity.sign_in_code (id, mobile, code_hash, address_hash, expires_at)
      values (${id}, ${mobile}, ${hashCode(request.secretKey, id, code)}, ${request.addressHash},
        kernel.now() + make_interval(mins => ${codeValidMinutes}))
      returning expires_at as "expiresAt"`.execute(tx)
    return rows[0]!.expiresAt
  })
  return { id, code, mobile, mobileMasked: maskMobile(mobile), expiresAt: expiresAt.toISOString() }
}

interface Counts {
  secondsSinceLast: number | null
  lastHour: number
  lastDay: number
  addressLastHour: number
}

async function assertWithinLimits(tx: Tx, mobile: string, addressHash: Buffer): Promise<void> {
  const { rows } = await sql<Counts>`
    select
      (select extract(epoch from kernel.now() - max(sent_at))::integer
        from identity.sign_in_code where mobile = ${mobile}) as "secondsSinceLast",
      (select count(*)::integer from identity.sign_in_code
        where mobile = ${mobile} and sent_at > kernel.now() - interval '1 hour') as "lastHour",
      (select count(*)::integer from identity.sign_in_code
        where mobile = ${mobile} and sent_at > kernel.now() - interval '1 day') as "lastDay",
      (select count(*)::integer from identity.sign_in_code
        where address_hash = ${addressHash} and sent_at > kernel.now() - interval '1 hour') as "addressLastHour"
    `.execute(tx)
  const wait = secondsToWait(rows[0]!)
  if (wait === 0) return
  const minutes = Math.ceil(wait / 60)
  throw new Refusal(
    'too_many_requests',
    wait < 60
      ? `A code was just sent. Wait ${wait} seconds and ask again.`
      : `Too many codes were asked for. Try again in ${minutes} minutes, or call the pharmacy.`,
    { retryAfterSeconds: wait },
  )
}

const hourSeconds = 3_600

/** How long to wait before another code may be sent; zero when it may go now. */
export function secondsToWait(counts: Counts): number {
  if (counts.lastDay >= codesPerDayMax) return 24 * hourSeconds
  if (counts.lastHour >= codesPerHourMax) return hourSeconds
  if (counts.addressLastHour >= codesPerAddressPerHourMax) return hourSeconds
  const since = counts.secondsSinceLast
  return since !== null && since < resendAfterSeconds ? resendAfterSeconds - since : 0
}

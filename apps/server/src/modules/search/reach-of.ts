import type { Cache } from '#kernel/cache'
import { Refusal } from '#kernel/refusal'
import type { Reader } from '#modules/catalogue'
import { findServiceability } from '#modules/delivery'
import type { Reach } from './found-medicine.ts'

const keep = { freshMs: 60_000, keepMs: 600_000 }

/**
 * What we bring to a PIN: nothing where we do not come, prescription medicines only within the store's district, the
 * rest everywhere we come. Null without a PIN.
 */
export async function reachOf(
  pin: string | undefined,
  from: { reads: Reader; cache: Cache },
): Promise<Reach> {
  if (pin === undefined) return null
  return from.cache.read(`search.reach ${pin}`, keep, () => findReach(from.reads, pin))
}

async function findReach(reads: Reader, pin: string): Promise<Reach> {
  try {
    const { isStoreDistrict } = await findServiceability(reads, pin)
    return isStoreDistrict ? ['open', 'prescription'] : ['open']
  } catch (error) {
    const isNotServed =
      error instanceof Refusal &&
      (error.code === 'pin_code_not_served' || error.code === 'pin_code_invalid')
    if (isNotServed) return []
    throw error
  }
}

import type { ScanChecked, ScanVerdict } from '@janta/contracts'

/** Why a strip stays out of the bag, as the full screen says it. */
export interface RefusedStrip {
  readonly why: Exclude<ScanVerdict, 'right'> | 'too_many' | 'unanswered'
  readonly batchNumber: string
  readonly name: string | null
  readonly expiry: string | null
}

/** Asks the store what a strip is; null when it belongs into the order after all. */
export async function askAbout(
  orderId: string,
  code: string,
  batchNumber: string,
): Promise<RefusedStrip | null> {
  let said: ScanChecked
  try {
    const { dispenseApi } = await import('./api.ts')
    said = await dispenseApi.checkScan({ params: { id: orderId }, body: { code } })
  } catch {
    // Nobody knows what it is, and what nobody knows stays out of the bag.
    return { why: 'unanswered', batchNumber, name: null, expiry: null }
  }
  const { verdict, ...strip } = said
  return verdict === 'right' ? null : { ...strip, why: verdict }
}

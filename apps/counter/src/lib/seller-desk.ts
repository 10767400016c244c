import { client, listLogEntries, listSellers, recordSeller } from '@janta/contracts'
import type { Translated } from '@janta/ui/i18n.ts'
import { send } from './api.ts'
import { language } from './language.svelte.ts'
import { seller as english } from './messages/en/seller.ts'
import { seller as hindi } from './messages/hi/seller.ts'

/** What the cards of the seller and of the edit log ask, apart from what the page of the books downloads. */
export const sellerApi = client({ listLogEntries, listSellers, recordSeller }, '', send)

/** Their words in the language of this device; read inside `$derived`. */
export function sellerWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}

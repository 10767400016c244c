import { createHash } from 'node:crypto'
import type { RefusalCode, SaleDecision } from '@janta/contracts'
import type { Language } from '#modules/catalogue'

/** Different medicines in one cart. */
export const cartLinesMax = 50
/** Packs of one medicine; domain of the contract's PackQuantity. */
export const linePacksMax = 99

export interface Obstacle {
  readonly code: RefusalCode
  readonly sentence: string
}

/** What the rules look at in a pack; both the catalogue's cards and its facts have it. */
export interface Sellable {
  readonly decision: SaleDecision
  readonly pricePaise: number | null
}

type Words = Record<Language, string>

const notSoldOnline: Words = {
  en: 'This medicine may not be sold online. Take it out of the cart to order the rest.',
  hi: 'यह दवा ऑनलाइन नहीं बेची जा सकती। बाक़ी मँगाने के लिए इसे कार्ट से हटाइए।',
}
const unclassified: Words = {
  en: 'Our pharmacist has not yet checked the rules for this medicine, so it cannot be ordered. Take it out of the cart to order the rest.',
  hi: 'हमारे फ़ार्मासिस्ट ने अभी इस दवा के नियम नहीं जाँचे हैं, इसलिए इसे नहीं मँगाया जा सकता। बाक़ी मँगाने के लिए इसे कार्ट से हटाइए।',
}
const noPrice: Words = {
  en: 'This medicine has no price yet. Take it out of the cart to order the rest.',
  hi: 'इस दवा का दाम अभी तय नहीं है। बाक़ी मँगाने के लिए इसे कार्ट से हटाइए।',
}

/**
 * What the law or the price list has against a pack in a cart; null when nothing. Stock is not asked here, nor what
 * only checkout knows: the prescription, and whether the order is brought or collected.
 */
export function lawObstacleOf(pack: Sellable, language: Language = 'en'): Obstacle | null {
  switch (pack.decision) {
    case 'blocked':
      return { code: 'medicine_not_sold_online', sentence: notSoldOnline[language] }
    case 'unclassified':
      return { code: 'medicine_unclassified', sentence: unclassified[language] }
    case 'prescription':
    case 'store_only':
    case 'open':
      return pack.pricePaise === null ? { code: 'unavailable', sentence: noPrice[language] } : null
  }
}

/** What the shelf has against so many packs; null when it holds them. `why` says in kind words why none is sold. */
export function shelfObstacleOf(
  availablePacks: number,
  quantity: number,
  language: Language = 'en',
  why?: Words,
): Obstacle | null {
  if (quantity <= availablePacks) return null
  const sentence: Words =
    availablePacks === 0
      ? {
          en: `${why?.en ?? 'This is out of stock now.'} Take it out of the cart to order the rest.`,
          hi: `${why?.hi ?? 'यह अभी स्टॉक में नहीं है।'} बाक़ी मँगाने के लिए इसे कार्ट से हटाइए।`,
        }
      : {
          en: `Only ${availablePacks} can be ordered now. Lower the quantity.`,
          hi: `अभी केवल ${availablePacks} मँगा सकते हैं। मात्रा घटाइए।`,
        }
  return { code: 'out_of_stock', sentence: sentence[language] }
}

/** The price a cart reckons with: none is shown of what is never sold or not yet classified. */
export function cartPriceOf(pack: Sellable): number | null {
  return pack.decision === 'blocked' || pack.decision === 'unclassified' ? null : pack.pricePaise
}

export interface VersionedLine {
  readonly packId: string
  readonly quantity: number
  readonly pricePaise: number | null
}

/**
 * Names what the customer looked at: one part for what the cart holds, one for its prices, so that checkout can say
 * which of them changed.
 */
export function cartVersion(
  cartId: string | null,
  lines: readonly VersionedLine[],
  discounts: readonly (readonly [string, number])[] = [],
): string {
  const sorted = [...lines].sort((one, other) => (one.packId < other.packId ? -1 : 1))
  const contents = digest([cartId, ...sorted.map(line => [line.packId, line.quantity])])
  const prices = sorted.map(line => line.pricePaise)
  return `${contents}.${digest(discounts.length === 0 ? prices : [prices, discounts])}`
}

/** Which part of the cart is not what the customer saw; null when nothing changed. */
export function changeSince(seen: string, now: string): 'cart' | 'price' | null {
  if (seen === now) return null
  return seen.split('.')[0] === now.split('.')[0] ? 'price' : 'cart'
}

function digest(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)
}

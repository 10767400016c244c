import { promotionBasisPointsMax } from '@janta/contracts'
import { divideDown, divideHalfUp } from '#kernel/money'
import { shareExactly } from '#kernel/share-exactly'
import type { Offer } from './offer.ts'

const one = 10_000

export interface LineOnOffer {
  readonly amountPaise: number
  /** False for H, H1 and X: what may not be advertised is never on offer either. */
  readonly mayDiscount: boolean
}

export interface GivenOffer {
  readonly promotionId: string
  readonly name: string
  readonly nameHi: string
  readonly code: string | null
  readonly amountPaise: number
}

/** Why a coupon that was typed gives nothing now. */
export type CouponObstacle =
  | { readonly why: 'used_up' | 'first_order_only' | 'nothing_on_offer' | 'beaten' }
  | { readonly why: 'too_little'; readonly missingPaise: number }

export interface Discounts {
  readonly given: readonly GivenOffer[]
  /** What each line is lowered by, in the order of the lines; together `discountPaise` to the paisa. */
  readonly shares: readonly number[]
  readonly discountPaise: number
  readonly isDeliveryFree: boolean
  readonly couponObstacle: CouponObstacle | null
}

const moneyLanes = ['main', 'extra'] as const

/**
 * What the offers take off a cart. In a lane the best for the customer counts, the older at a tie; the second lane
 * reckons with what the first left. Each discount is shared among the lines it may be given on by largest remainder,
 * and no line falls below a tenth of its price by one offer. Prices only fall, so the price law holds as before.
 */
export function reckonDiscounts(
  lines: readonly LineOnOffer[],
  offers: readonly Offer[],
  isFirstOrder: boolean,
): Discounts {
  const left = lines.map(line => (line.mayDiscount ? line.amountPaise : 0))
  const onOffer = sum(left)
  const obstacleOf = (offer: Offer) => conditionAgainst(offer, onOffer, isFirstOrder)
  const open = offers.filter(offer => obstacleOf(offer) === null)
  const given: GivenOffer[] = []
  for (const lane of moneyLanes) {
    const best = bestOf(
      open.filter(offer => offer.lane === lane),
      sum(left),
    )
    if (!best) continue
    const shares = shareExactly(best.amountPaise, left)
    shares.forEach((share, at) => (left[at]! -= share))
    given.push(best)
  }
  const free = open.find(offer => offer.lane === 'delivery')
  if (free) given.push(givenOf(free, 0))
  const shares = lines.map((line, at) => (line.mayDiscount ? line.amountPaise - left[at]! : 0))
  const coupon = offers.find(offer => offer.code !== null)
  const isGiven = given.some(one => one.promotionId === coupon?.id)
  return {
    given,
    shares,
    discountPaise: sum(shares),
    isDeliveryFree: free !== undefined,
    couponObstacle: !coupon || isGiven ? null : (obstacleOf(coupon) ?? { why: 'beaten' }),
  }
}

function conditionAgainst(
  offer: Offer,
  onOffer: number,
  isFirstOrder: boolean,
): CouponObstacle | null {
  if (offer.isUsedUp) return { why: 'used_up' }
  if (offer.isFirstOrder && !isFirstOrder) return { why: 'first_order_only' }
  if (onOffer === 0) return { why: 'nothing_on_offer' }
  const missingPaise = offer.fromItemsPaise - onOffer
  return missingPaise > 0 ? { why: 'too_little', missingPaise } : null
}

function bestOf(offers: readonly Offer[], onOffer: number): GivenOffer | undefined {
  return offers
    .map(offer => givenOf(offer, amountOf(offer, onOffer)))
    .filter(one => one.amountPaise > 0)
    .toSorted((first, other) =>
      first.amountPaise === other.amountPaise
        ? first.promotionId < other.promotionId
          ? -1
          : 1
        : other.amountPaise - first.amountPaise,
    )[0]
}

function amountOf(offer: Offer, onOffer: number): number {
  const whole =
    offer.basisPoints === null
      ? (offer.amountPaise ?? 0)
      : divideHalfUp(onOffer * offer.basisPoints, one)
  const most = divideDown(onOffer * promotionBasisPointsMax, one)
  return Math.min(whole, offer.mostPaise ?? whole, most)
}

function givenOf({ id, name, nameHi, code }: Offer, amountPaise: number): GivenOffer {
  return { promotionId: id, name, nameHi, code, amountPaise }
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}

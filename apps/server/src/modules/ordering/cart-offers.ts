import { sql } from 'kysely'
import { type Language, mayPromote, type Reader } from '#modules/catalogue'
import {
  type CouponObstacle,
  type Discounts,
  findCoupon,
  findOpenOffers,
  type Offer,
  reckonDiscounts,
} from '#modules/promotions'
import { rupees } from './order-total.ts'

type Promotable = Parameters<typeof mayPromote>[0]

/** A guest may be anybody's first order; signing in tells. */
export async function isFirstOrderOf(db: Reader, personId: string | null): Promise<boolean> {
  const { rows } = await sql<{ isFirst: boolean }>`
    select not exists (
      select from ordering.order where person_id = ${personId}::uuid and state <> 'cancelled') as "isFirst"`.execute(
    db,
  )
  return rows[0]!.isFirst
}

/** What offers and the coupon take off these lines for this person, as things stand. */
export async function discountsOf(
  db: Reader,
  cart: {
    personId: string | null
    couponCode: string | null
    /** Found already; left out, they are asked for. */
    openOffers?: readonly Offer[]
    lines: readonly { amountPaise: number; pack: Promotable | undefined }[]
  },
): Promise<Discounts> {
  const { personId, couponCode } = cart
  const [open, coupon] = await Promise.all([
    cart.openOffers ?? findOpenOffers(db, personId),
    couponCode === null ? null : findCoupon(db, couponCode, personId),
  ])
  const offers = coupon ? [...open, coupon] : open
  const isFirst = offers.some(one => one.isFirstOrder) ? await isFirstOrderOf(db, personId) : true
  const lines = cart.lines.map(({ amountPaise, pack }) => ({
    amountPaise,
    mayDiscount: pack !== undefined && mayPromote(pack),
  }))
  const discounts = reckonDiscounts(lines, offers, isFirst)
  return couponCode !== null && coupon === null
    ? { ...discounts, couponObstacle: { why: 'used_up' } }
    : discounts
}

/** What of the discounts the version of a cart names; nothing for a cart without any. */
export function versionOf({ given }: Discounts): readonly (readonly [string, number])[] {
  return given.map(one => [one.promotionId, one.amountPaise] as const)
}

/** Why a coupon gives nothing now, and what would help. */
export function couponSentence(obstacle: CouponObstacle, language: Language): string {
  const isHindi = language === 'hi'
  switch (obstacle.why) {
    case 'too_little':
      return isHindi
        ? `यह कूपन ${rupees(obstacle.missingPaise)} का और सामान लेने पर लगेगा। पर्चे की दवाएँ इसमें नहीं गिनी जातीं।`
        : `Add ${rupees(obstacle.missingPaise)} more to use this coupon. Prescription medicines do not count.`
    case 'first_order_only':
      return isHindi ? 'यह कूपन केवल पहले ऑर्डर के लिए है।' : 'This coupon is for a first order only.'
    case 'nothing_on_offer':
      return isHindi
        ? 'पर्चे की दवाओं पर कूपन नहीं लगता, और कार्ट में अभी कुछ और नहीं है।'
        : 'Coupons do not apply to prescription medicines, and the cart holds nothing else now.'
    case 'beaten':
      return isHindi
        ? 'कार्ट पर इससे बेहतर छूट पहले से लगी है।'
        : 'A better offer is on this cart already.'
    case 'used_up':
      return isHindi
        ? 'यह कूपन समाप्त हो चुका है। दूसरा कूपन डालिए।'
        : 'This coupon is used up or over. Try another one.'
  }
}

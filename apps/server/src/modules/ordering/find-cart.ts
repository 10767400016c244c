import type { Cart, MedicineCard } from '@janta/contracts'
import { sql } from 'kysely'
import { findCards, findPacks, type Language, type Reader } from '#modules/catalogue'
import { hashToken } from '#modules/identity'
import type { GivenOffer } from '#modules/promotions'
import { explainShortage, findAvailability, type KindWords } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import { couponSentence, discountsOf, versionOf } from './cart-offers.ts'
import { cartVersion, lawObstacleOf, shelfObstacleOf } from './cart-rules.ts'

type CartLine = Cart['lines'][number]

export interface StoredLine {
  readonly packId: string
  readonly quantity: number
  /** Shown when the line was put in. */
  readonly pricePaise: number | null
}

export async function findCouponCode(db: Reader, cartId: string): Promise<string | null> {
  const { rows } = await sql<{ code: string | null }>`
    select coupon_code as code from ordering.cart where id = ${cartId}`.execute(db)
  return rows[0]?.code ?? null
}

/** The open cart of this person, or of this guest's cookie; a signed-in person's own cart goes before the cookie. */
export async function findCartId(db: Reader, caller: Caller): Promise<string | null> {
  const hash = caller.personId === null && caller.cartToken ? hashToken(caller.cartToken) : null
  const { rows } = await sql<{ id: string }>`
    select id from ordering.cart
    where state = 'open'
      and (person_id = ${caller.personId}::uuid or token_hash = ${hash}::bytea)`.execute(db)
  return rows[0]?.id ?? null
}

export async function findLines(db: Reader, cartId: string): Promise<StoredLine[]> {
  const { rows } = await sql<StoredLine>`
    select pack_id as "packId", quantity, price_paise as "pricePaise"
    from ordering.cart_line where cart_id = ${cartId}
    order by added_at, pack_id`.execute(db)
  return rows
}

/** The cart as the customer sees it: today's prices, and beside each line what stands in its way. */
export async function findCart(
  db: Reader,
  caller: Caller,
  language: Language,
): Promise<Omit<Cart, 'mayPayOnline'>> {
  const id = await findCartId(db, caller)
  const [stored, couponCode] =
    id === null ? [[], null] : await Promise.all([findLines(db, id), findCouponCode(db, id)])
  const packIds = stored.map(line => line.packId)
  const [cards, packs] = await Promise.all([
    findCards(db, packIds, { findAvailability: ids => findAvailability(db, ids) }),
    findPacks(db, packIds),
  ])
  const gone = stored.flatMap(line =>
    cards.get(line.packId)?.availablePacks === 0 ? [line.packId] : [],
  )
  const whys = gone.length === 0 ? new Map<string, KindWords>() : await explainShortage(db, gone)
  const lines = stored.flatMap(line => {
    const card = cards.get(line.packId)
    return card ? [cartLineOf(line, card, { language, why: whys.get(line.packId) })] : []
  })
  const discounts = await discountsOf(db, {
    personId: caller.personId,
    couponCode,
    lines: lines.map(line => ({
      amountPaise: line.amountPaise ?? 0,
      pack: packs.get(line.medicine.id),
    })),
  })
  const { given, discountPaise, isDeliveryFree, couponObstacle } = discounts
  return {
    id,
    lines,
    itemsPaise: sum(lines, line => line.amountPaise ?? 0),
    mrpPaise: sum(lines, line => (line.medicine.mrpPaise ?? 0) * line.quantity),
    discounts: given.map(one => discountOf(one, language)),
    discountPaise,
    isDeliveryFree,
    coupon:
      couponCode === null
        ? null
        : {
            code: couponCode,
            message: couponObstacle && couponSentence(couponObstacle, language),
          },
    version: cartVersion(id, lines.map(versioned), versionOf(discounts)),
    mayCheckOut: lines.length > 0 && lines.every(line => line.obstacle === null),
  }
}

function cartLineOf(
  line: StoredLine,
  medicine: MedicineCard,
  { language, why }: { language: Language; why: KindWords | undefined },
): CartLine {
  const { pricePaise } = medicine
  const hasChanged = line.pricePaise !== null && line.pricePaise !== pricePaise
  return {
    medicine,
    quantity: line.quantity,
    amountPaise: pricePaise === null ? null : pricePaise * line.quantity,
    obstacle:
      lawObstacleOf(medicine, language) ??
      shelfObstacleOf(medicine.availablePacks, line.quantity, language, why),
    formerPricePaise: hasChanged ? line.pricePaise : null,
  }
}

/** An offer under its name in the reader's language. */
export function discountOf(
  one: Pick<GivenOffer, 'name' | 'nameHi' | 'code' | 'amountPaise'>,
  language: Language,
): Cart['discounts'][number] {
  const name = language === 'hi' ? one.nameHi : one.name
  return { name, code: one.code, amountPaise: one.amountPaise }
}

function versioned({ medicine, quantity }: CartLine) {
  return { packId: medicine.id, quantity, pricePaise: medicine.pricePaise }
}

function sum<T>(items: readonly T[], amountOf: (item: T) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0)
}

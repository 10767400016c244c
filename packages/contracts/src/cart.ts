import { type Static, Type } from 'typebox'
import { MedicineCard } from './catalogue.ts'
import { endpoint } from './endpoint.ts'
import { Id, PackQuantity, Paise } from './shapes.ts'

export const CartLine = Type.Object({
  medicine: MedicineCard,
  quantity: PackQuantity,
  /** Price for the line now; null when the pack has no price or cannot be ordered. */
  amountPaise: Type.Union([Paise, Type.Null()]),
  /** What stands in the way of ordering this line, in a sentence; null when nothing does. */
  obstacle: Type.Union([
    Type.Object({ code: Type.String(), sentence: Type.String() }),
    Type.Null(),
  ]),
  /** The price when it was put in the cart, if it has changed since: told, never silent. */
  formerPricePaise: Type.Union([Paise, Type.Null()]),
})

/** One offer as it was given: its name in the language asked, and what it takes off. */
export const GivenDiscount = Type.Object({
  name: Type.String(),
  code: Type.Union([Type.String(), Type.Null()]),
  /** Nothing where it is the delivery that is free. */
  amountPaise: Paise,
})

export const Cart = Type.Object({
  id: Type.Union([Id, Type.Null()]),
  lines: Type.Array(CartLine),
  itemsPaise: Paise,
  mrpPaise: Paise,
  /** Offers and the coupon, as they are taken off the items now. */
  discounts: Type.Array(GivenDiscount),
  discountPaise: Paise,
  isDeliveryFree: Type.Boolean(),
  /** The coupon typed; with a sentence where it gives nothing now. */
  coupon: Type.Union([
    Type.Object({ code: Type.String(), message: Type.Union([Type.String(), Type.Null()]) }),
    Type.Null(),
  ]),
  /** Changes whenever the cart or its prices do; checkout sends back the one the customer saw. */
  version: Type.String(),
  mayCheckOut: Type.Boolean(),
  /** Whether this pharmacy takes money online at all. */
  mayPayOnline: Type.Boolean(),
})
export type Cart = Static<typeof Cart>

const Language = Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('hi')]))

export const getCart = endpoint({
  method: 'GET',
  path: '/cart',
  summary: 'The cart of this guest or person, at today’s prices',
  tag: 'ordering',
  status: 200,
  permission: 'public',
  ownership: 'cart_or_person',
  audit: 'none',
  query: Type.Object({ language: Language }),
  reply: Cart,
  refusals: [],
})

export const putCartLine = endpoint({
  method: 'PUT',
  path: '/cart/lines/:medicineId',
  summary: 'Set how many packs of one medicine the cart holds; zero takes it out',
  tag: 'ordering',
  status: 200,
  permission: 'public',
  ownership: 'cart_or_person',
  audit: 'none',
  params: Type.Object({ medicineId: Id }),
  query: Type.Object({ language: Language }),
  body: Type.Object({ quantity: PackQuantity }, { additionalProperties: false }),
  reply: Cart,
  refusals: [
    'malformed_request',
    'not_found',
    'medicine_not_sold_online',
    'quantity_invalid',
    'conflict',
  ],
})

export const putCartCoupon = endpoint({
  method: 'PUT',
  path: '/cart/coupon',
  summary: 'Put a coupon on the cart; an empty code takes it off',
  tag: 'ordering',
  status: 200,
  permission: 'public',
  ownership: 'cart_or_person',
  audit: 'none',
  query: Type.Object({ language: Language }),
  body: Type.Object({ code: Type.String({ maxLength: 40 }) }, { additionalProperties: false }),
  reply: Cart,
  refusals: ['malformed_request', 'cart_empty', 'coupon_unknown'],
})

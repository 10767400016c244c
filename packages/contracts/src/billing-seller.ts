import { type Static, Type } from 'typebox'
import { Seller } from './billing-books.ts'
import { books, usual } from './billing-shapes.ts'
import { endpoint } from './endpoint.ts'
import { Day, Id, oneOf } from './shapes.ts'

// Apart from the books, so that a page which reads those does not download what only the form of the seller needs.

const strict = { additionalProperties: false } as const
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/** Who sells, as documents print it from a day on. */
export const NewSeller = Type.Object(
  {
    storeId: Id,
    effectiveFrom: Day,
    legalName: Text(120),
    tradeName: Text(120),
    addressLines: Type.Array(Text(80), { minItems: 1, maxItems: 4 }),
    pin: Type.String({ pattern: '^[1-8][0-9]{5}$' }),
    gstin: Type.String({ minLength: 15, maxLength: 15 }),
    /** Form and number of each, such as '20: MP/IND/20/1234'. */
    drugLicences: Type.Array(Text(60), { minItems: 1, maxItems: 8 }),
    fssaiNumber: Type.Optional(Type.String({ pattern: '^[0-9]{14}$' })),
    phone: Type.Optional(Type.String({ minLength: 5, maxLength: 30 })),
    email: Type.Optional(Type.String({ minLength: 3, maxLength: 120 })),
    /** Digits of the HSN on a document: four up to Rs 5 crore of turnover a year, six above. */
    hsnDigits: Type.Union([Type.Literal(4), Type.Literal(6)]),
    /** Whether the fee for delivery is a service of its own or takes the rate of the goods it came with. */
    deliveryTreatment: oneOf(['own_service', 'follows_goods'] as const),
  },
  strict,
)
export type NewSeller = Static<typeof NewSeller>

export const listSellers = endpoint({
  ...books,
  method: 'GET',
  path: '/billing/sellers',
  summary:
    'Who sold, sells and will sell, the latest first; the first that has begun is on today’s documents',
  status: 200,
  audit: 'none',
  reply: Type.Object({ storeId: Id, items: Type.Array(Seller, { maxItems: 50 }) }),
  refusals: usual,
})

export const recordSeller = endpoint({
  ...books,
  method: 'POST',
  path: '/billing/sellers',
  summary: 'Record who sells from a day on; documents of earlier days keep what stood then',
  status: 201,
  audit: 'billing.seller_recorded',
  body: NewSeller,
  reply: Type.Object({ id: Id }),
  refusals: [...usual, 'seller_invalid'],
})

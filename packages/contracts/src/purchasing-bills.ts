import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Gtin } from './purchasing-facts.ts'
import {
  billLinesMax,
  keyedGuards,
  Money,
  orNull,
  Packs,
  purchaseListMax,
  purchasingDesk,
  purchasingGuards,
  ReasonText,
  strict,
} from './purchasing-shapes.ts'
import { Day, Id, Instant, Month, oneOf } from './shapes.ts'

const BillLine = Type.Object(
  {
    medicineId: Id,
    batchNumber: Type.String({ minLength: 1, maxLength: 30 }),
    manufactured: Type.Optional(Month),
    expiry: Month,
    mrpPaise: Type.Integer({ minimum: 1, maximum: 100_000_000_00 }),
    /** Of one pack, before discount and GST. */
    ratePaise: Money,
    /** Packs the bill charges for, and packs it gives free (a scheme of 10 + 1). */
    billedPacks: Packs,
    freePacks: Type.Optional(Packs),
    discountBasisPoints: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
    gstBasisPoints: Type.Integer({ minimum: 0, maximum: 4_000 }),
    /** Packs that really came, free ones included: those in order, and those that are broken. */
    goodPacks: Packs,
    damagedPacks: Type.Optional(Packs),
    /** Why goods of a short life are taken all the same. */
    shortExpiryReason: Type.Optional(ReasonText),
    bin: Type.Optional(Type.String({ maxLength: 20 })),
    /** What the supplier's own bill calls it, remembered for the next bill. */
    supplierItem: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    /** The code scanned from the pack, remembered so that the next scan names the medicine. */
    gtin: Type.Optional(Gtin),
  },
  strict,
)

export const NewBill = Type.Object(
  {
    supplierId: Id,
    orderId: Type.Optional(Id),
    billNumber: Type.String({ minLength: 1, maxLength: 40 }),
    billDate: Day,
    lines: Type.Array(BillLine, { minItems: 1, maxItems: billLinesMax }),
    /** Freight and packing, and a discount on the whole bill, both without GST. */
    chargesPaise: Type.Optional(Money),
    billDiscountPaise: Type.Optional(Money),
    /** The bill's own rounding to whole rupees. */
    roundingPaise: Type.Optional(Type.Integer({ minimum: -100, maximum: 100 })),
    printedTotalPaise: Money,
  },
  strict,
)
export type NewBill = Static<typeof NewBill>

export const billFlags = [
  'short',
  'excess',
  'damaged',
  'mrp_changed',
  'price_above_last',
  'not_ordered',
  'short_expiry',
] as const
export type BillFlag = (typeof billFlags)[number]

const BillTotals = Type.Object({
  taxablePaise: Money,
  gstPaise: Money,
  totalPaise: Money,
  printedTotalPaise: Money,
  /** Printed less computed; a bill is taken when it is within the tolerance. */
  differencePaise: Type.Integer(),
  tolerancePaise: Money,
})

const LineFound = Type.Object({
  medicineId: Id,
  name: Type.String(),
  batchNumber: Type.String(),
  expiry: Month,
  taxablePaise: Money,
  gstPaise: Money,
  /** What the whole line cost, over `units`: each costs `unitPaise`, and `dearerUnits` of them one paisa more. */
  landedPaise: Money,
  units: Type.Integer(),
  unitPaise: Money,
  dearerUnits: Type.Integer(),
  flags: Type.Array(oneOf(billFlags)),
})
export type BillLineFound = Static<typeof LineFound>

export const BillCheck = Type.Object({
  totals: BillTotals,
  lines: Type.Array(
    Type.Object({
      ...LineFound.properties,
      /** What the flags compare with: the MRP before, and the last purchase by day and landed cost of a unit. */
      previousMrpPaise: orNull(Money),
      lastUnitPaise: orNull(Money),
      lastBoughtOn: orNull(Day),
    }),
  ),
  /** What would be refused now, as `receiveBill` would say it; null when nothing. */
  obstacle: orNull(Type.Object({ code: Type.String(), sentence: Type.String() })),
})
export type BillCheck = Static<typeof BillCheck>

export const Bill = Type.Object({
  id: Id,
  number: Type.String(),
  supplierId: Id,
  supplierName: Type.String(),
  orderId: orNull(Id),
  billNumber: Type.String(),
  billDate: Day,
  receivedAt: Instant,
  totals: BillTotals,
  lines: Type.Array(Type.Object({ ...LineFound.properties, batchId: Id })),
})
export type Bill = Static<typeof Bill>

const billRefusals = [
  'not_found',
  'supplier_not_licensed',
  'bill_total_differs',
  'batch_short_dated',
  'batch_expired',
  'receipt_repeated',
  'receipt_invalid',
  'order_state_forbids',
] as const

export const checkBill = endpoint({
  ...purchasingDesk,
  method: 'POST',
  path: '/purchases/bills/check',
  summary: 'Reckon a bill and flag what is odd about it, without receiving anything',
  status: 200,
  audit: 'none',
  body: NewBill,
  reply: BillCheck,
  refusals: [...purchasingGuards, 'not_found'],
})

export const receiveBill = endpoint({
  ...purchasingDesk,
  method: 'POST',
  path: '/purchases/bills',
  summary:
    'Receive goods against a supplier’s bill, and an order if there is one: they enter the ledger now',
  status: 201,
  audit: 'purchasing.bill_received',
  idempotent: true,
  body: NewBill,
  reply: Bill,
  refusals: [...keyedGuards, ...billRefusals],
})

export const getBill = endpoint({
  ...purchasingDesk,
  method: 'GET',
  path: '/purchases/bills/:id',
  summary: 'A bill as it was received',
  status: 200,
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: Bill,
  refusals: [...purchasingGuards, 'not_found'],
})

export const listBills = endpoint({
  ...purchasingDesk,
  method: 'GET',
  path: '/purchases/bills',
  summary: 'Bills received, newest first',
  status: 200,
  audit: 'none',
  query: Type.Object({ supplierId: Type.Optional(Id) }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        id: Id,
        supplierName: Type.String(),
        billNumber: Type.String(),
        billDate: Day,
        receivedAt: Instant,
        totalPaise: Money,
        flagged: Type.Integer(),
      }),
      { maxItems: purchaseListMax },
    ),
  }),
  refusals: [...purchasingGuards],
})

/** Above any bill's text: 200 lines of 2,000 letters. */
export const billFileCharactersMax = 400_000

export const BillFileLine = Type.Object({
  supplierItem: Type.String(),
  /** The pack this supplier meant by that name last time; null when nobody said yet. */
  medicineId: orNull(Id),
  medicineName: orNull(Type.String()),
  batchNumber: Type.String(),
  expiry: orNull(Month),
  mrpPaise: orNull(Money),
  ratePaise: orNull(Money),
  billedPacks: orNull(Packs),
  freePacks: Packs,
  discountBasisPoints: Type.Integer(),
  gstBasisPoints: orNull(Type.Integer()),
})
export type BillFileLine = Static<typeof BillFileLine>

/** What a column of a distributor’s bill may give. */
export const billColumns = [
  'item',
  'batch',
  'expiry',
  'mrp',
  'rate',
  'packs',
  'free',
  'discount',
  'gst',
  'cgst',
  'sgst',
  'billNumber',
  'billDate',
] as const
export type BillColumn = (typeof billColumns)[number]

const headingsMax = 100
const ColumnPlace = Type.Integer({ minimum: 0, maximum: headingsMax - 1 })
/** Which column gives what, counted from 0; what no column gives is left out. */
export const BillColumnPlaces = Type.Object(
  Object.fromEntries(billColumns.map(column => [column, Type.Optional(ColumnPlace)])) as Record<
    BillColumn,
    ReturnType<typeof Type.Optional<typeof ColumnPlace>>
  >,
  strict,
)
export type BillColumnPlaces = Static<typeof BillColumnPlaces>

export const readBillFile = endpoint({
  ...purchasingDesk,
  method: 'POST',
  path: '/purchases/bill-files',
  summary:
    'Read a distributor’s bill in CSV: columns are guessed, or as chosen; what cannot be read stays blank',
  status: 200,
  audit: 'none',
  body: Type.Object(
    {
      supplierId: Id,
      text: Type.String({ minLength: 1, maxLength: billFileCharactersMax }),
      /** The columns as a person chose them; remembered for this supplier's next file with these headings. */
      columns: Type.Optional(BillColumnPlaces),
    },
    strict,
  ),
  reply: Type.Object({
    /** The bill of that number was received before. */
    receivedBefore: orNull(Id),
    billNumber: orNull(Type.String()),
    billDate: orNull(Day),
    lines: Type.Array(BillFileLine, { maxItems: billLinesMax }),
    headings: Type.Array(Type.String(), { maxItems: headingsMax }),
    columns: BillColumnPlaces,
    /** `remembered` when a person chose these columns for an earlier file of this supplier. */
    columnsFrom: oneOf(['guessed', 'remembered', 'chosen']),
    /** Headings that gave nothing, for a person to see what was passed over. */
    unusedHeadings: Type.Array(Type.String()),
  }),
  refusals: [...purchasingGuards, 'not_found', 'bill_file_unreadable'],
})

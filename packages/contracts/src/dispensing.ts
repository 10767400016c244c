import { type Static, Type } from 'typebox'
import { PickedPacks } from './counter.ts'
import { endpoint } from './endpoint.ts'
import { FileContent } from './registers.ts'
import { Id, Instant, Month, oneOf } from './shapes.ts'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
const closed = { additionalProperties: false } as const
const guarded = { tag: 'dispensing', ownership: 'none' } as const
const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const OrderParams = Type.Object({ id: Id })

/** What a scanned strip is to an order: the one to take, or why it stays out of the bag. */
export const scanVerdicts = [
  'right',
  'unknown_batch',
  'wrong_medicine',
  'not_reserved',
  'recalled',
  'expired',
  'not_for_sale',
  'on_hold',
  'set_apart',
] as const
export type ScanVerdict = (typeof scanVerdicts)[number]

export const ScanChecked = Type.Object({
  verdict: oneOf(scanVerdicts),
  /** The batch number as it was read from the code, capitals without spaces. */
  batchNumber: Type.String(),
  /** What the strip is, where the store knows its batch. */
  name: orNull(Type.String()),
  expiry: orNull(Month),
})
export type ScanChecked = Static<typeof ScanChecked>

export const checkScan = endpoint({
  ...guarded,
  method: 'POST',
  path: '/counter/orders/:id/scans',
  summary: 'Whether a scanned strip belongs into this order; a strip that does not is written down',
  status: 200,
  permission: 'orders.deliver',
  audit: 'dispensing.scan_refused',
  params: OrderParams,
  body: Type.Object({ code: Type.String({ minLength: 1, maxLength: 120 }) }, closed),
  reply: ScanChecked,
  refusals: [...usual, 'not_found'],
})

export const Picking = Type.Object({
  /** Whether this store has a second person check what the first one picked. */
  isSecondCheckOn: Type.Boolean(),
  picking: orNull(
    Type.Object({
      pickedBy: Type.String(),
      isMine: Type.Boolean(),
      pickedAt: Instant,
      picks: PickedPacks,
    }),
  ),
})
export type Picking = Static<typeof Picking>

export const getPicking = endpoint({
  ...guarded,
  method: 'GET',
  path: '/counter/orders/:id/picking',
  summary: 'Who picked an order, for the second person who checks it',
  status: 200,
  permission: 'orders.deliver',
  audit: 'none',
  params: OrderParams,
  reply: Picking,
  refusals: usual,
})

export const handToChecker = endpoint({
  ...guarded,
  method: 'POST',
  path: '/counter/orders/:id/picking',
  summary: 'Say that an order is picked, strip by strip, for another person to check and sign off',
  status: 201,
  permission: 'orders.deliver',
  audit: 'dispensing.order_picked',
  params: OrderParams,
  body: Type.Object({ picks: PickedPacks }, closed),
  reply: Picking,
  refusals: [...usual, 'not_found', 'order_state_forbids'],
})

export const DispensingRule = Type.Object({ isSecondCheckOn: Type.Boolean() }, closed)

export const getDispensingRule = endpoint({
  ...guarded,
  method: 'GET',
  path: '/dispensing/rule',
  summary: 'How this store signs orders off',
  status: 200,
  permission: 'orders.deliver',
  audit: 'none',
  reply: DispensingRule,
  refusals: usual,
})

export const setDispensingRule = endpoint({
  ...guarded,
  method: 'PUT',
  path: '/dispensing/rule',
  summary: 'Have a second person check each order, or not',
  status: 200,
  permission: 'stock.configure',
  audit: 'dispensing.rule_set',
  body: DispensingRule,
  reply: DispensingRule,
  refusals: usual,
})

export const Supply = Type.Object({
  /** Of the order, and so of its labels where nobody asks for another. */
  language: oneOf(['en', 'hi']),
  hasLabels: Type.Boolean(),
  /** Files of the prescription that are kept, each with a stamped copy. */
  prescriptionFiles: Type.Integer(),
  /** What was supplied on, each once. */
  prescriptionIds: Type.Array(Id),
})

export const getSupply = endpoint({
  ...guarded,
  method: 'GET',
  path: '/counter/orders/:id/supply',
  summary: 'Which papers a signed-off order has',
  status: 200,
  permission: 'orders.pack',
  audit: 'none',
  params: OrderParams,
  reply: Supply,
  refusals: [...usual, 'not_found'],
})

export const supplyPapers = ['labels', 'slip'] as const

export const printSupplyPaper = endpoint({
  ...guarded,
  method: 'GET',
  path: '/counter/orders/:id/papers',
  summary: 'The directions labels in the customer’s language, or the pack slip, as PDF',
  status: 200,
  permission: 'orders.pack',
  audit: 'dispensing.paper_printed',
  params: OrderParams,
  query: Type.Object({ paper: oneOf(supplyPapers), language: Type.Optional(oneOf(['en', 'hi'])) }),
  reply: FileContent,
  refusals: [...usual, 'not_found'],
})

export const getStampedCopy = endpoint({
  ...guarded,
  method: 'GET',
  path: '/counter/orders/:id/stamped-copy',
  summary:
    'The prescription’s pages stamped with what was dispensed on them; the customer sees the look',
  status: 200,
  permission: 'prescriptions.review',
  audit: 'dispensing.stamped_copy_viewed',
  params: OrderParams,
  query: Type.Object({ file: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })) }),
  reply: FileContent,
  refusals: [...usual, 'not_found', 'document_not_ready'],
})

export const printCutLabel = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/batches/:id/cut-label',
  summary: 'The label of a piece of a cut strip of this batch (Drugs Rules 65(19)), as PDF',
  status: 200,
  permission: 'stock.view',
  audit: 'none',
  params: Type.Object({ id: Id }),
  query: Type.Object({ units: Type.Integer({ minimum: 1, maximum: 999 }) }),
  reply: FileContent,
  refusals: [...usual, 'not_found', 'seller_unknown'],
})

/** A FHIR R4 resource, as JSON. */
export const FhirResource = Type.Record(Type.String(), Type.Unknown())

export const exportPrescription = endpoint({
  ...guarded,
  method: 'GET',
  path: '/prescriptions/:id/fhir',
  summary:
    'An approved prescription as the document bundle of NRCeS’s PrescriptionRecord (FHIR R4)',
  status: 200,
  permission: 'prescriptions.review',
  audit: 'dispensing.prescription_exported',
  params: Type.Object({ id: Id }),
  reply: FhirResource,
  refusals: [...usual, 'not_found'],
})

export const exportDispensings = endpoint({
  ...guarded,
  method: 'GET',
  path: '/counter/orders/:id/fhir',
  summary: 'What an order left with, as FHIR R4 MedicationDispense, one for each batch',
  status: 200,
  permission: 'prescriptions.review',
  audit: 'dispensing.supply_exported',
  params: OrderParams,
  reply: FhirResource,
  refusals: [...usual, 'not_found'],
})

/** Dispensing, by operation id. */
export const dispensing = {
  checkScan,
  getPicking,
  handToChecker,
  getDispensingRule,
  setDispensingRule,
  getSupply,
  printSupplyPaper,
  getStampedCopy,
  printCutLabel,
  exportPrescription,
  exportDispensings,
}

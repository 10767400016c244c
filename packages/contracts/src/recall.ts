import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Cursor, Day, Id, Instant, Limit, Month, oneOf } from './shapes.ts'

/** How dangerous the batch is; it sets how soon the recall must be complete (3, 10 or 30 days). */
export const recallClasses = ['I', 'II', 'III'] as const
/** How far down the trade it reaches. */
export const recallLevels = ['consumer', 'retail', 'wholesale'] as const
export const recallStates = ['open', 'closed'] as const
export const contactOutcomes = ['told', 'not_reached', 'refuses', 'collected', 'refunded'] as const

export const RecallHead = Type.Object({
  id: Id,
  number: Type.String(),
  recallClass: oneOf(recallClasses),
  level: oneOf(recallLevels),
  /** Who called it and by which letter or alert. */
  source: Type.String(),
  reason: Type.String(),
  /** A drill: everything is listed and timed, nothing is blocked or moved. */
  isMock: Type.Boolean(),
  state: oneOf(recallStates),
  medicineId: Id,
  name: Type.String(),
  openedAt: Instant,
  openedBy: Type.Union([Type.String(), Type.Null()]),
  completeBy: Instant,
  closedAt: Type.Union([Instant, Type.Null()]),
})

export type RecallHead = Static<typeof RecallHead>

/** Base units of one batch; received = on hand + sold - returned + destroyed + sent back - corrected by counts. */
export const RecallBatch = Type.Object({
  batchId: Id,
  batchNumber: Type.String(),
  expiry: Month,
  unitsPerPack: Type.Integer(),
  receivedUnits: Type.Integer(),
  onHandUnits: Type.Integer(),
  soldUnits: Type.Integer(),
  returnedUnits: Type.Integer(),
  destroyedUnits: Type.Integer(),
  sentBackUnits: Type.Integer(),
  correctedUnits: Type.Integer(),
  reservedUnits: Type.Integer(),
  isReconciled: Type.Boolean(),
})
export type RecallBatch = Static<typeof RecallBatch>

/** Everything the screen and the printed certificate show. */
export const Recall = Type.Interface([RecallHead], {
  batches: Type.Array(RecallBatch),
  buyers: Type.Integer(),
  /** Orders whose receiver was asked to be told; what came of it is among `contacts`. */
  askedToTell: Type.Integer(),
  contacts: Type.Record(Type.String(), Type.Integer()),
  disposals: Type.Array(
    Type.Object({
      batchNumber: Type.String(),
      units: Type.Integer(),
      kind: oneOf(['destroyed', 'sent_back'] as const),
      note: Type.String(),
      at: Instant,
    }),
  ),
})
export type Recall = Static<typeof Recall>

const guarded = { tag: 'recall', permission: 'stock.recall', ownership: 'none' } as const
const usual = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const
const note = Type.String({ minLength: 1, maxLength: 200 })

export const openRecall = endpoint({
  ...guarded,
  method: 'POST',
  path: '/recalls',
  summary:
    'Open a recall: its batches are blocked at once, in carts, on the shelf and in placed orders',
  status: 201,
  audit: 'recall.opened',
  idempotent: true,
  body: Type.Object(
    {
      recallClass: oneOf(recallClasses),
      level: oneOf(recallLevels),
      source: note,
      reason: note,
      medicineId: Id,
      /** As printed; case and outer spaces do not matter. Every lot of them is recalled. */
      batchNumbers: Type.Array(Type.String({ minLength: 1, maxLength: 30 }), {
        minItems: 1,
        maxItems: 50,
      }),
      isMock: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  reply: Recall,
  refusals: [...usual, 'idempotency_key_missing', 'idempotency_key_reused', 'batch_unknown'],
})

export const listRecalls = endpoint({
  ...guarded,
  method: 'GET',
  path: '/recalls',
  summary: 'Recalls, newest first, with what must be complete by when',
  status: 200,
  audit: 'none',
  query: Type.Object({ limit: Limit, after: Cursor }),
  reply: Type.Object({
    items: Type.Array(RecallHead),
    /** A year after the last drill, or today when there was none: the next one should be held by then. */
    drillDueOn: Day,
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  refusals: usual,
})

export const getRecall = endpoint({
  ...guarded,
  method: 'GET',
  path: '/recalls/:id',
  summary: 'One recall reconciled by batch: the screen and the certificate',
  status: 200,
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: Recall,
  refusals: [...usual, 'not_found'],
})

export const RecallBuyer = Type.Object({
  orderId: Id,
  orderNumber: Type.String(),
  recipientName: Type.String(),
  mobile: Type.String(),
  city: Type.String(),
  batchNumber: Type.String(),
  packs: Type.Integer(),
  dispensedAt: Instant,
  /** What came of the last try to reach them; null before the first. */
  outcome: Type.Union([oneOf(contactOutcomes), Type.Null()]),
})
export type RecallBuyer = Static<typeof RecallBuyer>

export const listRecallBuyers = endpoint({
  ...guarded,
  method: 'GET',
  path: '/recalls/:id/buyers',
  summary: 'Everybody who was given a pack of the recalled batches, across all orders',
  status: 200,
  audit: 'recall.buyers_viewed',
  params: Type.Object({ id: Id }),
  query: Type.Object({ limit: Limit, after: Cursor }),
  reply: Type.Object({
    items: Type.Array(RecallBuyer),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  refusals: [...usual, 'not_found'],
})

export const tellRecallBuyers = endpoint({
  ...guarded,
  method: 'POST',
  path: '/recalls/:id/notices',
  summary:
    'Have every buyer told in one act, each by a job of its own; again tells only those not asked yet',
  status: 201,
  audit: 'recall.buyers_to_be_told',
  params: Type.Object({ id: Id }),
  reply: Recall,
  refusals: [...usual, 'not_found', 'recall_state_forbids'],
})

export const recordRecallContact = endpoint({
  ...guarded,
  method: 'POST',
  path: '/recalls/:id/contacts',
  summary: 'Write what came of reaching a buyer; packs collected enter quarantine',
  status: 201,
  audit: 'recall.contact_recorded',
  idempotent: true,
  params: Type.Object({ id: Id }),
  body: Type.Object(
    {
      orderId: Id,
      outcome: oneOf(contactOutcomes),
      /** Base units handed back, with the batch they are of; needed for `collected`. */
      collected: Type.Optional(
        Type.Object(
          { batchId: Id, units: Type.Integer({ minimum: 1, maximum: 1_000_000 }) },
          { additionalProperties: false },
        ),
      ),
      note: Type.Optional(note),
    },
    { additionalProperties: false },
  ),
  reply: Recall,
  refusals: [
    ...usual,
    'idempotency_key_missing',
    'idempotency_key_reused',
    'not_found',
    'return_exceeds_sale',
    'recall_state_forbids',
  ],
})

export const recordRecallDisposal = endpoint({
  ...guarded,
  method: 'POST',
  path: '/recalls/:id/disposals',
  summary: 'Recalled units destroyed or sent back to the supplier leave the books',
  status: 201,
  audit: 'recall.disposal_recorded',
  idempotent: true,
  params: Type.Object({ id: Id }),
  body: Type.Object(
    {
      batchId: Id,
      units: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
      kind: oneOf(['destroyed', 'sent_back'] as const),
      /** The witness, the carrier, the debit note or the destruction record. */
      note,
    },
    { additionalProperties: false },
  ),
  reply: Recall,
  refusals: [
    ...usual,
    'idempotency_key_missing',
    'idempotency_key_reused',
    'not_found',
    'out_of_stock',
    'recall_state_forbids',
  ],
})

export const closeRecall = endpoint({
  ...guarded,
  method: 'POST',
  path: '/recalls/:id/closing',
  summary: 'Close a recall whose every unit is accounted for',
  status: 201,
  audit: 'recall.closed',
  params: Type.Object({ id: Id }),
  reply: Recall,
  refusals: [...usual, 'not_found', 'recall_not_reconciled', 'recall_state_forbids'],
})

export const BatchPatient = Type.Object({
  orderId: Id,
  orderNumber: Type.String(),
  recipientName: Type.String(),
  city: Type.String(),
  /** Whom the prescription names; null without one. */
  patientName: Type.Union([Type.String(), Type.Null()]),
  packs: Type.Integer(),
  dispensedAt: Instant,
})
export type BatchPatient = Static<typeof BatchPatient>

export const listBatchPatients = endpoint({
  ...guarded,
  method: 'GET',
  path: '/stock/batches/:id/patients',
  summary: 'Everybody who was given packs of one batch, in the order they were given them',
  status: 200,
  audit: 'stock.batch_patients_viewed',
  params: Type.Object({ id: Id }),
  query: Type.Object({ limit: Limit, after: Cursor }),
  reply: Type.Object({
    items: Type.Array(BatchPatient),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  refusals: [...usual, 'not_found'],
})

/** The endpoints of this file by operation id. */
export const recalls = {
  openRecall,
  listRecalls,
  getRecall,
  listRecallBuyers,
  tellRecallBuyers,
  recordRecallContact,
  recordRecallDisposal,
  closeRecall,
  listBatchPatients,
}

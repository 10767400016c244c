import { type Static, Type } from 'typebox'
import { schemes } from './catalogue.ts'
import { sexes } from './patients.ts'
import { reviewHead } from './prescription-queue.ts'
import { prescriptionReasonCodes, readyQuestionCodes } from './prescription-reasons.ts'
import {
  ClinicalFinding,
  Prescription,
  PrescriptionEntry,
  ReviewObstacle,
  reviewLinesMax,
  verdicts,
  worksheetPrescriptionsMax,
} from './prescription-shapes.ts'
import { UploadPage } from './prescriptions-uploads.ts'
import { Day, Id, Instant, oneOf } from './shapes.ts'

const closed = { additionalProperties: false }
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const Schemes = Type.Array(oneOf(schemes))
const Note = Type.String({ minLength: 1, maxLength: 300 })

export const ReviewQuestion = Type.Object({
  id: Id,
  code: oneOf(readyQuestionCodes),
  words: orNull(Type.String()),
  askedBy: orNull(Type.String()),
  askedAt: Instant,
  answer: orNull(Type.String()),
  answeredAt: orNull(Instant),
})
export type ReviewQuestion = Static<typeof ReviewQuestion>

export const ReviewLine = Type.Object({
  line: Type.Integer(),
  medicineId: Id,
  name: Type.String(),
  composition: Type.String(),
  packLabel: Type.String(),
  baseUnit: Type.String(),
  unitsPerPack: Type.Integer(),
  schemes: Schemes,
  askedPacks: Type.Integer(),
  verdict: orNull(oneOf(verdicts)),
  approvedPacks: orNull(Type.Integer()),
  /** Base units where the last of these packs is cut; null for whole packs. */
  approvedUnits: orNull(Type.Integer()),
  /** Whether its strips may be cut. */
  mayBeCut: Type.Boolean(),
  code: orNull(oneOf(prescriptionReasonCodes)),
  note: orNull(Type.String()),
  itemId: orNull(Id),
})
export type ReviewLine = Static<typeof ReviewLine>

export const Review = Type.Object({
  ...reviewHead,
  lines: Type.Array(ReviewLine),
  /** Grows with every change; a worksheet names the one it was made from. */
  version: Type.Integer(),
  claimedUntil: orNull(Instant),
  today: Day,
  customer: Type.Object({ name: orNull(Type.String()), address: orNull(Type.String()) }),
  /** Whom it is for, as far as the desk needs it; nothing when the customer chose nobody. */
  patient: orNull(
    Type.Object({
      name: Type.String(),
      ageYears: Type.Integer(),
      sex: orNull(oneOf(sexes)),
      /** In words; null when nobody was asked. */
      allergies: orNull(Type.Array(Type.String())),
      /** Taken at the moment, in words. */
      medicines: Type.Array(Type.String()),
    }),
  ),
  uploads: Type.Array(
    Type.Object({
      id: Id,
      pages: Type.Array(UploadPage),
      /** What looks the same, sent before by anybody; whose it is is not said. */
      alike: Type.Array(
        Type.Object({
          kind: oneOf(['same_file', 'same_picture'] as const),
          isSamePerson: Type.Boolean(),
          sentOn: Day,
          isUsed: Type.Boolean(),
        }),
      ),
    }),
  ),
  /** Read at this review, drafts and approved ones, in their order. */
  prescriptions: Type.Array(Prescription),
  /** Readings of this review that were revoked, the last first: a new one says which it replaces. */
  revoked: Type.Array(Prescription),
  /** Approved before for the same customer, with what is left of them. */
  earlier: Type.Array(Prescription),
  questions: Type.Array(ReviewQuestion),
  obstacles: Type.Array(ReviewObstacle),
  findings: Type.Array(ClinicalFinding),
  /** Which list the checks were made with; null when none was imported, and then nothing was checked. */
  clinicalList: orNull(Type.String()),
})
export type Review = Static<typeof Review>

/** A review that was settled, as the desk finds it again when something was misread. */
export const DecidedReview = Type.Object({
  id: Id,
  orderId: Id,
  orderNumber: orNull(Type.String()),
  decidedAt: Instant,
  /** What its lines rest on, and what was revoked of it. */
  prescriptions: Type.Array(
    Type.Object({
      id: Id,
      state: oneOf(['approved', 'revoked'] as const),
      prescriberName: Type.String(),
      patientName: Type.String(),
      issuedOn: Day,
      pharmacistName: orNull(Type.String()),
      pharmacistRegistration: orNull(Type.String()),
      /** True when something left the shelf on it: then nothing of it is changed any more. */
      isSupplied: Type.Boolean(),
      revokeReason: orNull(Type.String()),
    }),
  ),
})
export type DecidedReview = Static<typeof DecidedReview>

export const Worksheet = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    prescriptions: Type.Array(PrescriptionEntry, { maxItems: worksheetPrescriptionsMax }),
    lines: Type.Array(
      Type.Object(
        {
          line: Type.Integer({ minimum: 1 }),
          verdict: orNull(oneOf(verdicts)),
          packs: orNull(Type.Integer({ minimum: 1, maximum: 99 })),
          /** Base units in all, where the last pack is cut for it. */
          units: Type.Optional(orNull(Type.Integer({ minimum: 1, maximum: 9_900_000 }))),
          code: orNull(oneOf(prescriptionReasonCodes)),
          note: orNull(Note),
          /** The item it is supplied on: one of this worksheet by its place, or one approved before. */
          item: orNull(
            Type.Union([
              Type.Object(
                { prescription: Type.Integer({ minimum: 0 }), item: Type.Integer({ minimum: 0 }) },
                closed,
              ),
              Type.Object({ itemId: Id }, closed),
            ]),
          ),
        },
        closed,
      ),
      { maxItems: reviewLinesMax },
    ),
  },
  closed,
)
export type Worksheet = Static<typeof Worksheet>

export const overrideReasons = [
  'prescriber_confirmed',
  'taken_before',
  'benefit_judged',
  'monitored',
  'not_applicable',
] as const

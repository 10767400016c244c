import { type Static, Type } from 'typebox'
import { Directions } from './directions.ts'
import { sexes } from './patients.ts'
import { prescriptionReasonCodes } from './prescription-reasons.ts'
import { Day, Id, Instant, oneOf } from './shapes.ts'

const closed = { additionalProperties: false }
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const Text = (letters: number) => Type.String({ minLength: 1, maxLength: letters })

export const courses = ['acute', 'chronic'] as const
export const teleModes = ['text', 'audio', 'video'] as const
export const consultations = ['first', 'follow_up'] as const
export const teleLists = ['O', 'A', 'B'] as const
export const writtenAs = ['brand', 'generic', 'endorsed'] as const
export const repeatAuthorities = ['once', 'times', 'unstated'] as const
export const verdicts = ['approved', 'reduced', 'refused'] as const
export const worksheetPrescriptionsMax = 5
export const prescriptionItemsMax = 20
export const reviewLinesMax = 50

const prescriber = {
  name: orNull(Text(120)),
  qualification: orNull(Text(120)),
  registration: orNull(Text(40)),
  council: orNull(Text(80)),
  address: orNull(Text(300)),
}
export const PrescriberFields = Type.Object(prescriber, closed)
export type PrescriberFields = Static<typeof PrescriberFields>

const patient = {
  name: orNull(Text(120)),
  address: orNull(Text(400)),
  /** Where the address was read: on the paper, or from what the customer gave. */
  addressSource: oneOf(['prescription', 'customer'] as const),
  ageYears: orNull(Type.Integer({ minimum: 0, maximum: 120 })),
  sex: orNull(oneOf(sexes)),
}

/** The prescriber's word on repeating; a blank is `once`. For `unstated` the number is one she was asked for. */
export const Repeat = Type.Object(
  {
    authority: oneOf(repeatAuthorities),
    times: orNull(Type.Integer({ minimum: 1, maximum: 24 })),
    intervalDays: orNull(Type.Integer({ minimum: 1, maximum: 366 })),
  },
  closed,
)

const item = {
  written: Text(160),
  writtenAs: oneOf(writtenAs),
  /** The pack of the catalogue that is written there; of a generic name, any pack of it. */
  medicineId: orNull(Id),
  directions: orNull(Directions),
  /** The amount as the paper says it, in base units; null when it is reckoned from the directions. */
  writtenUnits: orNull(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  /** Whether the amount is of each occasion or of all together. */
  unitsBasis: oneOf(['each', 'total'] as const),
  repeat: Repeat,
  teleList: orNull(oneOf(teleLists)),
  /** The pharmacist notes that the smallest sealed pack holds more than was prescribed. */
  isSmallestPack: Type.Boolean(),
}

const paper = {
  prescriber: PrescriberFields,
  patient: Type.Object(patient, closed),
  issuedOn: orNull(Day),
  hasSignature: Type.Boolean(),
  course: oneOf(courses),
  tele: orNull(
    Type.Object(
      { mode: oneOf(teleModes), consultation: oneOf(consultations), hasConsent: Type.Boolean() },
      closed,
    ),
  ),
  /** Why the same paper may be entered although one like it stands on record. */
  duplicateReason: orNull(Text(200)),
}

/** One paper as it is typed at the desk. */
export const PrescriptionEntry = Type.Object(
  {
    ...paper,
    /** A revoked prescription that this one reads rightly. */
    replacesId: orNull(Id),
    items: Type.Array(
      Type.Object(
        {
          ...item,
          /** The item of the revoked reading it stands for. */ replacesItemId: orNull(Id),
        },
        closed,
      ),
      { minItems: 1, maxItems: prescriptionItemsMax },
    ),
  },
  closed,
)
export type PrescriptionEntry = Static<typeof PrescriptionEntry>

/** What is left of an item for the order in question, in base units. */
export const ItemAllowance = Type.Object({
  remainingUnits: Type.Integer(),
  nowUnits: Type.Integer(),
  occasions: Type.Integer(),
  occasionsUsed: Type.Integer(),
  nextOn: orNull(Day),
})

export const PrescriptionItem = Type.Object({
  id: Id,
  ...item,
  medicineName: orNull(Type.String()),
  /** Prescribed, in base units: as written, or reckoned; null while neither is known. */
  units: orNull(Type.Integer()),
  allowance: orNull(ItemAllowance),
})
export type PrescriptionItem = Static<typeof PrescriptionItem>

export const Prescription = Type.Object({
  id: Id,
  state: oneOf(['draft', 'approved', 'revoked'] as const),
  ...paper,
  replacesId: orNull(Id),
  items: Type.Array(PrescriptionItem),
  approvedAt: orNull(Instant),
  pharmacistName: orNull(Type.String()),
  pharmacistRegistration: orNull(Type.String()),
  revokeReason: orNull(Type.String()),
})
export type Prescription = Static<typeof Prescription>

/** What stands in the way of an approval, by what it is about: a line, a prescription, an item of it, a field. */
export const obstacleCodes = [
  ...prescriptionReasonCodes,
  'verdict_missing',
  'item_missing',
  'medicine_not_matched',
  'quantity_missing',
  'duplicate_prescription',
] as const
export const ReviewObstacle = Type.Object({
  line: orNull(Type.Integer()),
  prescription: orNull(Type.Integer()),
  item: orNull(Type.Integer()),
  field: orNull(Type.String()),
  code: oneOf(obstacleCodes),
})
export type ReviewObstacle = Static<typeof ReviewObstacle>

export const findingKinds = ['duplicate_salt', 'allergy', 'age', 'interaction'] as const
/** What a rule of the pharmacy's clinical list says of this review; an overridden one keeps its reason. */
export const ClinicalFinding = Type.Object({
  /** Names the finding in an override; the same facts give the same key. */
  key: Type.String({ maxLength: 200 }),
  kind: oneOf(findingKinds),
  lines: Type.Array(Type.Integer()),
  sentence: Type.String(),
  source: Type.String(),
})
export type ClinicalFinding = Static<typeof ClinicalFinding>

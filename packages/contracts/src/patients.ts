import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, Month, oneOf } from './shapes.ts'

const mine = { tag: 'patients', permission: 'signed_in', ownership: 'person' } as const
const usual = ['malformed_request', 'sign_in_needed'] as const

export const patientsMax = 12
export const relations = [
  'self',
  'spouse',
  'child',
  'parent',
  'grandparent',
  'sibling',
  'other',
] as const
export type Relation = (typeof relations)[number]
export const sexes = ['female', 'male', 'other'] as const

/** Allergies by the class of medicine the checks at the desk can compare with; anything else is in words. */
export const allergyClasses = [
  'penicillins',
  'cephalosporins',
  'sulfonamides',
  'quinolones',
  'macrolides',
  'nsaids',
  'aspirin',
  'opioids',
  'local_anaesthetics',
  'insulins',
  'egg',
  'latex',
] as const
export type AllergyClass = (typeof allergyClasses)[number]

/**
 * What the account's holder agrees to when a profile is kept, by the day of its text. A text that was shown is never
 * changed: a new one is added with its own day, and consents name the one that was read.
 */
export const patientConsentTexts = {
  '2026-11-22': {
    en: {
      self: 'I agree that Janta Pharmacy keeps my name, month of birth, sex, allergies and current medicines, so that its pharmacists can check whether my medicines suit me. I can see, change and delete this at any time on this page.',
      guardian:
        'I am the parent or guardian of this child and 18 or older. I agree that Janta Pharmacy keeps the child’s name, month of birth, sex, allergies and current medicines, so that its pharmacists can check whether the medicines suit the child. I can see, change and delete this at any time on this page. It is not used for advertising.',
      for_adult:
        'This person knows and agrees that Janta Pharmacy keeps their name, month of birth, sex, allergies and current medicines, so that its pharmacists can check whether their medicines suit them. I can see, change and delete this at any time on this page.',
    },
    hi: {
      self: 'मैं सहमत हूँ कि जनता फ़ार्मेसी मेरा नाम, जन्म का महीना, लिंग, एलर्जी और अभी चल रही दवाएँ रखे, ताकि उसके फ़ार्मासिस्ट जाँच सकें कि दवाएँ मेरे लिए ठीक हैं या नहीं। मैं यह सब इसी पन्ने पर कभी भी देख, बदल और मिटा सकता/सकती हूँ।',
      guardian:
        'मैं इस बच्चे का माता/पिता या अभिभावक हूँ और मेरी उम्र 18 या अधिक है। मैं सहमत हूँ कि जनता फ़ार्मेसी बच्चे का नाम, जन्म का महीना, लिंग, एलर्जी और अभी चल रही दवाएँ रखे, ताकि उसके फ़ार्मासिस्ट जाँच सकें कि दवाएँ बच्चे के लिए ठीक हैं या नहीं। मैं यह सब इसी पन्ने पर कभी भी देख, बदल और मिटा सकता/सकती हूँ। इसका उपयोग विज्ञापन के लिए नहीं होता।',
      for_adult:
        'यह व्यक्ति जानता है और सहमत है कि जनता फ़ार्मेसी उनका नाम, जन्म का महीना, लिंग, एलर्जी और अभी चल रही दवाएँ रखे, ताकि उसके फ़ार्मासिस्ट जाँच सकें कि दवाएँ उनके लिए ठीक हैं या नहीं। मैं यह सब इसी पन्ने पर कभी भी देख, बदल और मिटा सकता/सकती हूँ।',
    },
  },
} as const
export type ConsentVersion = keyof typeof patientConsentTexts
export const consentVersions = Object.keys(patientConsentTexts) as ConsentVersion[]
export const consentVersionNow: ConsentVersion = '2026-11-22'
export const consentSpeakers = ['self', 'guardian', 'for_adult'] as const

const Name = Type.String({ minLength: 1, maxLength: 80 })
const Allergy = Type.Object(
  {
    class: Type.Union([oneOf(allergyClasses), Type.Null()]),
    words: Type.String({ minLength: 1, maxLength: 80 }),
  },
  { additionalProperties: false },
)
const CurrentMedicine = Type.Object(
  {
    /** A pack of the catalogue, when it was chosen from it. */
    medicineId: Type.Union([Id, Type.Null()]),
    words: Type.String({ minLength: 1, maxLength: 120 }),
  },
  { additionalProperties: false },
)

const PatientFields = {
  relation: oneOf(relations),
  name: Name,
  birthMonth: Month,
  sex: Type.Union([oneOf(sexes), Type.Null()]),
  /** Null: nobody asked yet. An empty list: none are known. */
  allergies: Type.Union([Type.Array(Allergy, { maxItems: 20 }), Type.Null()]),
  medicines: Type.Array(CurrentMedicine, { maxItems: 30 }),
}

export const Patient = Type.Object({
  id: Id,
  ...PatientFields,
  ageYears: Type.Integer({ minimum: 0 }),
  /** Under 18, reckoned by the last day the birth month allows. */
  isChild: Type.Boolean(),
  consent: Type.Object({
    givenAs: oneOf(consentSpeakers),
    textVersion: Type.String(),
    language: oneOf(['en', 'hi'] as const),
    at: Instant,
    /** A parent agreed for a child who is 18 by now: the grown person is to be asked. */
    isOutgrown: Type.Boolean(),
  }),
})
export type Patient = Static<typeof Patient>

const PatientBody = Type.Object(
  {
    ...PatientFields,
    /** Which text was read, in which language, and as whom. No box is ticked beforehand. */
    consent: Type.Object(
      {
        textVersion: Type.String({ maxLength: 10 }),
        language: oneOf(['en', 'hi'] as const),
        givenAs: oneOf(consentSpeakers),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)
export type PatientBody = Static<typeof PatientBody>

const rules = [
  'consent_needed',
  'guardian_consent_needed',
  'holder_under_age',
  'birth_month_invalid',
  'patient_self_exists',
] as const

export const listPatients = endpoint({
  ...mine,
  method: 'GET',
  path: '/patients',
  summary: 'The people I order medicines for',
  status: 200,
  audit: 'none',
  reply: Type.Object({ items: Type.Array(Patient, { maxItems: patientsMax }) }),
  refusals: usual,
})

export const addPatient = endpoint({
  ...mine,
  method: 'POST',
  path: '/patients',
  summary: 'Keep a profile of somebody, with the consent to it',
  status: 201,
  audit: 'prescriptions.patient_added',
  idempotent: true,
  body: PatientBody,
  reply: Patient,
  refusals: [
    ...usual,
    ...rules,
    'idempotency_key_missing',
    'idempotency_key_reused',
    'patient_limit_reached',
  ],
})

export const changePatient = endpoint({
  ...mine,
  method: 'PUT',
  path: '/patients/:id',
  summary: 'Correct a profile; what was supplied before stays as it was recorded',
  status: 200,
  audit: 'prescriptions.patient_changed',
  params: Type.Object({ id: Id }),
  body: PatientBody,
  reply: Patient,
  refusals: [...usual, ...rules, 'not_found'],
})

export const KeptRecord = Type.Object({
  record: oneOf(['consent', 'supply'] as const),
  law: Type.String(),
  /** Years from the record's own day. */
  years: Type.Integer(),
})

export const forgetPatient = endpoint({
  ...mine,
  method: 'DELETE',
  path: '/patients/:id',
  summary: 'Take the consent back: the profile is erased at once, and what the law keeps is listed',
  status: 200,
  audit: 'prescriptions.patient_forgotten',
  params: Type.Object({ id: Id }),
  reply: Type.Object({ kept: Type.Array(KeptRecord) }),
  refusals: [...usual, 'not_found'],
})

/** The endpoints of this file by operation id. */
export const patients = { listPatients, addPatient, changePatient, forgetPatient }

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Directions } from '@janta/contracts'
import type { PackFacts } from '#modules/catalogue'
import type { ReadItem, ReadPrescription } from '#modules/prescriptions'
import { printedSample } from '#test/printed-for-tests'
import { dispenseBundle } from './fhir-dispense.ts'
import { dosages } from './fhir-parts.ts'
import { prescriptionDocument } from './fhir-prescription.ts'
import { assertStructure } from './fhir-structure-for-tests.ts'
import type { SupplyItem } from './find-supply.ts'

// The structure rules of FHIR R4 and of the NRCeS profiles, written as questions to the exported bundle.

const id = (last: number) => `01900000-0000-7000-8000-${String(last).padStart(12, '0')}`
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const invoice = printedSample()
const pack = {
  name: 'Atorsample 20 mg',
  composition: 'Atorvastatin 20 mg',
  baseUnit: 'tablet',
  manufacturer: 'Invented Laboratories Ltd',
} as PackFacts
const daily: Directions = { kind: 'daily', doses: [4, 0, 4], days: 30, food: 'after' }
const item = {
  id: id(2),
  prescriptionId: id(1),
  written: 'Tab Atorsample 20 <1-0-1>',
  writtenAs: 'brand',
  packId: id(9),
  directions: daily,
  units: 60,
  authority: 'times',
  times: 3,
  intervalDays: 30,
} as ReadItem
const prescription = {
  id: id(1),
  state: 'approved',
  prescriberName: 'Dr R. Invented',
  prescriberRegistration: 'R-77',
  prescriberCouncil: 'Sample Medical Council',
  prescriberQualification: 'MD',
  patientName: 'Sunita Sample',
  patientAddress: '12 Invented Lane, Indore',
  patientSex: 'female',
  issuedOn: '2026-11-20',
  approvedAt: new Date('2026-11-21T05:00:00Z'),
  items: [item, { ...item, id: id(3), directions: null, authority: 'once' }],
} as unknown as ReadPrescription

type Json = Record<string, any>
const resourcesOf = (bundle: Json): Json[] => bundle['entry'].map((one: Json) => one['resource'])
const ofType = (bundle: Json, type: string) =>
  resourcesOf(bundle).filter(one => one['resourceType'] === type)
const profileOf = (name: string) => `https://nrces.in/ndhm/fhir/r4/StructureDefinition/${name}`

/** Every `reference` in a resource, however deep. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'reference' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  )
}

/** What holds for any bundle of R4: bdl-7 (fullUrl is one resource), ids, and references that lead somewhere. */
function assertWhole(bundle: Json) {
  assertStructure(bundle)
  const urls = bundle['entry'].map((one: Json) => one['fullUrl'])
  assert.equal(new Set(urls).size, urls.length)
  for (const { fullUrl, resource } of bundle['entry'] as Json[]) {
    assert.match(resource['id'], uuid)
    assert.equal(fullUrl, `urn:uuid:${resource['id']}`)
    assert.match(
      resource['text'].div,
      /^<div xmlns="http:\/\/www\.w3\.org\/1999\/xhtml">[^<]*<\/div>$/,
    )
  }
  for (const reference of referencesIn(bundle)) assert.ok(urls.includes(reference), reference)
  assert.ok(!JSON.stringify(bundle).includes('null'), 'FHIR leaves out what is not known')
  // An empty element is not FHIR (ele-1).
  assert.ok(!/\[\]|\{\}|""/.test(JSON.stringify(bundle)))
}

const document = () =>
  prescriptionDocument(prescription, new Map([[id(9), pack]]), invoice.seller) as Json

test('the prescription is a document bundle whose Composition comes first', () => {
  const bundle = document()
  assertWhole(bundle)
  assert.equal(bundle['type'], 'document')
  assert.ok(bundle['meta'].profile.includes(profileOf('DocumentBundle')))
  assert.ok(bundle['identifier'].system && bundle['identifier'].value, 'bdl-9')
  assert.match(bundle['timestamp'], /^\d{4}-\d\d-\d\dT.*Z$/, 'bdl-10')
  assert.equal(resourcesOf(bundle)[0]?.['resourceType'], 'Composition', 'bdl-11')
})

test('the Composition is NRCeS’s PrescriptionRecord, and its one section holds the requests', () => {
  const bundle = document()
  const [composition] = ofType(bundle, 'Composition')
  assert.ok(composition)
  assert.deepEqual(composition['meta'].profile, [profileOf('PrescriptionRecord')])
  assert.equal(composition['status'], 'final')
  assert.deepEqual(composition['type'].coding[0], {
    system: 'http://snomed.info/sct',
    code: '440545006',
    display: 'Prescription record',
  })
  for (const needed of ['subject', 'date', 'author', 'title', 'custodian', 'identifier']) {
    assert.ok(composition[needed], needed)
  }
  assert.equal(composition['section'].length, 1)
  assert.deepEqual(
    composition['section'][0].entry.map((one: Json) => [one['type'], one['reference']]),
    [
      ['MedicationRequest', `urn:uuid:${id(2)}`],
      ['MedicationRequest', `urn:uuid:${id(3)}`],
    ],
  )
})

test('each request carries what the profile wants, with its dose, quantity and repeats', () => {
  const bundle = document()
  const requests = ofType(bundle, 'MedicationRequest')
  assert.equal(requests.length, 2)
  for (const request of requests) {
    assert.deepEqual(request['meta'].profile, [profileOf('MedicationRequest')])
    for (const needed of [
      'status',
      'intent',
      'medicationCodeableConcept',
      'subject',
      'requester',
      'authoredOn',
    ]) {
      assert.ok(request[needed], needed)
    }
    assert.match(request['authoredOn'], /^\d{4}-\d\d-\d\d$/)
    assert.ok(request['dosageInstruction'].length > 0)
  }
  const [first, second] = requests
  assert.equal(
    first?.['dispenseRequest'].numberOfRepeatsAllowed,
    2,
    'three occasions are two refills',
  )
  assert.equal(second?.['dispenseRequest'].numberOfRepeatsAllowed, 0)
  assert.deepEqual(first?.['dispenseRequest'].quantity, { value: 60, unit: 'tablet' })
  assert.equal(
    first?.['substitution'].allowedBoolean,
    false,
    'rule 65(11A): the brand that was written',
  )
  assert.match(first?.['text'].div, /&lt;1-0-1&gt;/)
})

test('patient, prescriber and pharmacy have name and identifier, and a revoked paper says so', () => {
  const bundle = document()
  for (const type of ['Patient', 'Practitioner', 'Organization']) {
    const [one] = ofType(bundle, type)
    assert.ok(one?.['identifier'].length > 0 && one?.['name'].length > 0, type)
    assert.deepEqual(one?.['meta'].profile, [profileOf(type)])
  }
  const revoked = prescriptionDocument(
    { ...prescription, state: 'revoked' },
    new Map(),
    invoice.seller,
  )
  assert.equal(ofType(revoked, 'Composition')[0]?.['status'], 'entered-in-error')
  assert.deepEqual(document(), document(), 'the same record is the same document')
})

const supplied = (batchNumber: string, at: number, paper: boolean): SupplyItem => ({
  id: id(at),
  line: 1,
  packId: id(9),
  batchNumber,
  expiry: '2028-04',
  packs: 2,
  units: 30,
  packedAt: new Date('2026-11-22T05:00:00Z'),
  pack,
  paper: paper
    ? {
        prescriptionId: id(1),
        prescriptionItemId: id(2),
        serial: 41,
        issuedOn: '2026-11-20',
        prescriberName: 'Dr R. Invented',
        prescriberRegistration: 'R-77',
        patientName: 'Sunita Sample',
        pharmacistName: 'Asha Sample',
        pharmacistRegistration: 'SAMPLE-1',
        directions: daily,
        isVoid: false,
      }
    : null,
})

test('the structure’s check finds what is misnamed, missing, a list or not, or too many', () => {
  const wrong = (change: (resources: Json[], bundle: Json) => void) => {
    const bundle = structuredClone(document())
    change(resourcesOf(bundle), bundle)
    assert.throws(() => assertStructure(bundle), { code: 'ERR_ASSERTION' })
  }
  wrong(([composition]) => (composition!['colour'] = 'green'))
  wrong(([composition]) => delete composition!['date'])
  wrong(([composition]) => (composition!['author'] = composition!['author'][0]))
  wrong(([composition]) => composition!['section'].push(composition!['section'][0]))
  wrong(([composition]) => delete composition!['section'][0].entry[1].type)
  wrong(([, patient]) => delete patient!['name'][0].text)
  wrong(resources => delete resources.at(-1)!['dosageInstruction'])
  wrong((_, bundle) => delete bundle['meta'].versionId)
  wrong((_, bundle) => (bundle['entry'] = []))
})

test('every kind of directions is a dosage of R4', () => {
  const kinds: Directions[] = [
    daily,
    { kind: 'hourly', dose: 4, everyHours: 6, days: 5, food: 'any' },
    { kind: 'weekly', dose: 4, timesAWeek: 1, weeks: 8, food: 'any' },
    { kind: 'sos', dose: 4, doses: 10, dayMax: 3, food: 'any' },
    { kind: 'once', dose: 4, food: 'any' },
    { kind: 'apply', timesADay: 2, days: 7 },
    { kind: 'taper', steps: [{ doses: [8, 0, 4], days: 5 }], food: 'any' },
  ]
  const items = kinds.map((directions, at) => ({ ...item, id: id(100 + at), directions }))
  const paper = { ...prescription, items }
  assertWhole(prescriptionDocument(paper, new Map([[id(9), pack]]), invoice.seller))
})

test('a line from two batches is two dispenses, each with the batch of its own medication', () => {
  const items = [supplied('A1', 11, true), supplied('B2', 12, true), supplied('C3', 13, false)]
  const bundle = dispenseBundle({ orderId: id(20), items, invoice }) as Json
  assertWhole(bundle)
  assert.equal(bundle['type'], 'collection')
  const dispenses = ofType(bundle, 'MedicationDispense')
  assert.equal(dispenses.length, 3)
  const medications = new Map(
    ofType(bundle, 'Medication').map(one => [`urn:uuid:${one['id']}`, one]),
  )
  assert.deepEqual(
    dispenses.map(
      one => medications.get(one['medicationReference'].reference)?.['batch'].lotNumber,
    ),
    ['A1', 'B2', 'C3'],
  )
  for (const one of dispenses) {
    assert.equal(one['status'], 'completed')
    assert.ok(one['performer'].length > 0 && one['quantity'].value === 30 && one['whenPrepared'])
  }
  const request = dispenses[0]?.['authorizingPrescription'][0].identifier.value
  const requests = ofType(document(), 'MedicationRequest').map(one => `urn:uuid:${one['id']}`)
  assert.ok(requests.includes(request), 'it names the request of the prescription’s own document')
  assert.equal(dispenses[2]?.['authorizingPrescription'], undefined)
})

test('coded directions become a sentence and a timing, one dosage for each stretch of a course', () => {
  const [one] = dosages(daily, 'tablet') as Json[]
  assert.equal(one?.['text'], 'Morning 1 tablet, Night 1 tablet. After food. For 30 days')
  assert.deepEqual(one?.['timing'].repeat, {
    boundsDuration: { value: 30, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' },
    frequency: 2,
    period: 1,
    periodUnit: 'd',
  })
  const taper = dosages(
    {
      kind: 'taper',
      steps: [
        { doses: [8, 0, 4], days: 5 },
        { doses: [2, 0, 0], days: 5 },
      ],
      food: 'any',
    },
    'tablet',
  ) as Json[]
  assert.deepEqual(
    taper.map(step => [
      step['sequence'],
      step['text'],
      step['doseAndRate']?.[0].doseQuantity.value,
    ]),
    [
      [1, 'Morning 2 tablets, Night 1 tablet. For 5 days', undefined],
      [2, 'Morning ½ tablet. For 5 days', 0.5],
    ],
  )
  assert.equal(
    (dosages({ kind: 'sos', dose: 4, doses: 10, dayMax: 3, food: 'any' }, 'tablet')[0] as Json)[
      'asNeededBoolean'
    ],
    true,
  )
})

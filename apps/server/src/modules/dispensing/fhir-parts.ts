import { createHash } from 'node:crypto'
import type { Directions } from '@janta/contracts'
import type { Seller } from '#modules/billing'
import { amountOf, labelDirections } from './directions-words.ts'

export type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string }

export const nrces = (name: string): string =>
  `https://nrces.in/ndhm/fhir/r4/StructureDefinition/${name}`
const snomed = 'http://snomed.info/sct'
const units = 'http://unitsofmeasure.org'

export const prescriptionRecord = {
  coding: [{ system: snomed, code: '440545006', display: 'Prescription record' }],
  text: 'Prescription record',
} as const

export const urn = (id: string): string => `urn:uuid:${id}`
export const to = (id: string, display?: string) => ({
  reference: urn(id),
  ...(display ? { display } : {}),
})
export const entryOf = (id: string, resource: Resource) => ({
  fullUrl: urn(id),
  resource: { ...resource, id },
})

/** A UUID that is the same whenever the same part of the same record is exported. */
export function partId(recordId: string, part: string): string {
  const hex = createHash('sha256').update(`${recordId} ${part}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) % 4) + 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const identifierType = (code: string, display: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code, display }],
})

/** A generated narrative: plain text, every sign of markup in it made harmless. */
export function narrative(text: string) {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${safe}</div>` }
}

/** The patient as the prescription names her; the identifier is ours, because a paper carries no ABHA number. */
export function patientResource(patient: {
  readonly prescriptionId: string
  readonly name: string
  readonly address: string | null
  readonly sex: string | null
}): Resource {
  const { name, address, sex } = patient
  return {
    resourceType: 'Patient',
    meta: { profile: [nrces('Patient')] },
    text: narrative(name),
    identifier: [
      {
        type: identifierType('MR', 'Medical record number'),
        system: 'urn:ietf:rfc:3986',
        value: urn(patient.prescriptionId),
      },
    ],
    name: [{ text: name }],
    ...(sex ? { gender: sex } : {}),
    ...(address ? { address: [{ text: address }] } : {}),
  }
}

export function practitionerResource(person: {
  readonly id: string
  readonly name: string
  readonly registration: string | null
  readonly council: string | null
  readonly qualification: string | null
}): Resource {
  const { id, name, registration, council, qualification } = person
  return {
    resourceType: 'Practitioner',
    meta: { profile: [nrces('Practitioner')] },
    text: narrative(name),
    identifier: [
      registration
        ? {
            type: identifierType('MD', 'Medical License number'),
            ...(council ? { assigner: { display: council } } : {}),
            value: registration,
          }
        : { type: identifierType('RI', 'Resource identifier'), value: urn(id) },
    ],
    name: [{ text: name }],
    ...(qualification ? { qualification: [{ code: { text: qualification } }] } : {}),
  }
}

export function organizationResource(seller: Seller): Resource {
  return {
    resourceType: 'Organization',
    meta: { profile: [nrces('Organization')] },
    text: narrative(seller.legalName),
    identifier: seller.drugLicences.map(value => ({
      type: identifierType('PRN', 'Provider number'),
      // The profile wants a system and the licensing authorities publish none, so the list is named as this seller's own.
      system: urn(partId(seller.id, 'drug licences')),
      value,
    })),
    name: seller.legalName,
    address: [{ text: [...seller.addressLines, seller.pin].join(', '), postalCode: seller.pin }],
  }
}

/** A number of base units; a unit FHIR knows by code is coded, the rest is said in words. */
export const quantity = (value: number, unit: string) => ({
  value,
  unit,
  ...(unit === 'ml' ? { system: units, code: 'mL' } : {}),
})

/** Coded directions as dosages: one, or one for each stretch of a tapering course. */
export function dosages(
  directions: Directions | null,
  baseUnit: string,
): Record<string, unknown>[] {
  if (directions === null) return [{ sequence: 1, text: 'As written on the prescription' }]
  if (directions.kind !== 'taper') {
    return [
      { sequence: 1, text: sentenceOf(directions, baseUnit), ...timingOf(directions, baseUnit) },
    ]
  }
  return directions.steps.map(({ doses, days }, at) => {
    const step: Directions = { kind: 'daily', doses, days, food: directions.food }
    return { sequence: at + 1, text: sentenceOf(step, baseUnit), ...timingOf(step, baseUnit) }
  })
}

function sentenceOf(directions: Directions, baseUnit: string): string {
  const { sentence, steps, notes } = labelDirections(directions, baseUnit, 'en')
  const slots = steps.flatMap(step =>
    step.slots.filter(slot => slot.dose !== '').map(slot => `${slot.name} ${slot.dose}`),
  )
  return [sentence, slots.join(', '), ...notes].filter(Boolean).join('. ')
}

const doseOf = (quarters: number, unit: string) => ({
  doseAndRate: [{ doseQuantity: { value: quarters / 4, unit } }],
})

/** What of the directions FHIR has a place for; where the doses of a day differ, only the sentence can say it. */
function timingOf(directions: Directions, unit: string): Record<string, unknown> {
  const bounds = (value: number) => ({
    boundsDuration: { value, unit: 'd', system: units, code: 'd' },
  })
  switch (directions.kind) {
    case 'daily': {
      const taken = directions.doses.filter(dose => dose > 0)
      const [first] = taken
      const isEven = taken.every(dose => dose === first)
      return {
        timing: {
          repeat: {
            ...bounds(directions.days),
            frequency: taken.length,
            period: 1,
            periodUnit: 'd',
          },
          code: { text: directions.doses.map(amountOf).join('-') },
        },
        ...(isEven && first ? doseOf(first, unit) : {}),
      }
    }
    case 'hourly':
      return {
        timing: {
          repeat: {
            ...bounds(directions.days),
            frequency: 1,
            period: directions.everyHours,
            periodUnit: 'h',
          },
        },
        ...doseOf(directions.dose, unit),
      }
    case 'weekly':
      return {
        timing: { repeat: { frequency: directions.timesAWeek, period: 1, periodUnit: 'wk' } },
        ...doseOf(directions.dose, unit),
      }
    case 'sos':
      return { asNeededBoolean: true, ...doseOf(directions.dose, unit) }
    case 'once':
      return { timing: { repeat: { count: 1 } }, ...doseOf(directions.dose, unit) }
    case 'apply':
      return {
        timing: {
          repeat: {
            ...bounds(directions.days),
            frequency: directions.timesADay,
            period: 1,
            periodUnit: 'd',
          },
        },
      }
    case 'taper':
      return {}
  }
}

import assert from 'node:assert/strict'
import type { Seller } from '#modules/billing'
import type { PackFacts } from '#modules/catalogue'
import type { ReadItem, ReadPrescription } from '#modules/prescriptions'
import {
  dosages,
  entryOf,
  narrative,
  nrces,
  organizationResource,
  partId,
  patientResource,
  practitionerResource,
  prescriptionRecord,
  quantity,
  type Resource,
  to,
} from './fhir-parts.ts'

/**
 * An approved prescription as the FHIR R4 document of NRCeS's PrescriptionRecord: the Composition first, and everything
 * it refers to in the same bundle. A revoked one says so (`entered-in-error`), because what went out once stays known.
 */
export function prescriptionDocument(
  prescription: ReadPrescription,
  packs: ReadonlyMap<string, PackFacts>,
  seller: Seller,
): Resource {
  const { id, approvedAt, prescriberName, patientName } = prescription
  assert(approvedAt && prescriberName && patientName, 'an approved prescription names these')
  const at = approvedAt.toISOString()
  const ids = {
    composition: partId(id, 'composition'),
    patient: partId(id, 'patient'),
    prescriber: partId(id, 'prescriber'),
    organization: partId(seller.id, 'organization'),
  }
  const requests = prescription.items.map(item => ({
    id: item.id,
    resource: requestOf(prescription, item, packs.get(item.packId ?? ''), ids),
  }))
  return {
    resourceType: 'Bundle',
    id,
    meta: {
      // Revoking writes on it once more.
      versionId: prescription.state === 'revoked' ? '2' : '1',
      lastUpdated: at,
      profile: [nrces('DocumentBundle')],
      security: [veryRestricted],
    },
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` },
    type: 'document',
    timestamp: at,
    entry: [
      entryOf(ids.composition, compositionOf(prescription, at, ids, requests)),
      entryOf(
        ids.patient,
        patientResource({
          prescriptionId: id,
          name: patientName,
          address: prescription.patientAddress,
          sex: prescription.patientSex,
        }),
      ),
      entryOf(
        ids.prescriber,
        practitionerResource({
          id: ids.prescriber,
          name: prescriberName,
          registration: prescription.prescriberRegistration,
          council: prescription.prescriberCouncil,
          qualification: prescription.prescriberQualification,
        }),
      ),
      entryOf(ids.organization, organizationResource(seller)),
      ...requests.map(request => entryOf(request.id, request.resource)),
    ],
  }
}

const veryRestricted = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  code: 'V',
  display: 'very restricted',
} as const

type Ids = Readonly<Record<'composition' | 'patient' | 'prescriber' | 'organization', string>>

function compositionOf(
  prescription: ReadPrescription,
  at: string,
  ids: Ids,
  requests: readonly { readonly id: string }[],
): Resource {
  const { state, patientName, prescriberName, items } = prescription
  return {
    resourceType: 'Composition',
    meta: { profile: [nrces('PrescriptionRecord')] },
    language: 'en-IN',
    text: narrative(items.map(item => item.written).join('; ')),
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${ids.composition}` },
    status: state === 'revoked' ? 'entered-in-error' : 'final',
    type: prescriptionRecord,
    subject: to(ids.patient, patientName ?? undefined),
    date: at,
    author: [to(ids.prescriber, prescriberName ?? undefined)],
    title: 'Prescription record',
    custodian: to(ids.organization),
    section: [
      {
        title: 'Prescription record',
        code: prescriptionRecord,
        entry: requests.map(({ id }) => ({ ...to(id), type: 'MedicationRequest' })),
      },
    ],
  }
}

function requestOf(
  prescription: ReadPrescription,
  item: ReadItem,
  pack: PackFacts | undefined,
  ids: Ids,
): Resource {
  const baseUnit = pack?.baseUnit ?? 'unit'
  const { issuedOn, patientName, prescriberName, state } = prescription
  return {
    resourceType: 'MedicationRequest',
    meta: { profile: [nrces('MedicationRequest')] },
    text: narrative(item.written),
    status: state === 'revoked' ? 'entered-in-error' : 'active',
    intent: 'order',
    medicationCodeableConcept: {
      text:
        [item.written, pack?.composition].filter(Boolean).join(' (') +
        (pack?.composition ? ')' : ''),
    },
    subject: to(ids.patient, patientName ?? undefined),
    authoredOn: issuedOn,
    requester: to(ids.prescriber, prescriberName ?? undefined),
    dosageInstruction: dosages(item.directions, baseUnit),
    dispenseRequest: {
      // Refills beyond the first supply, as FHIR counts them.
      numberOfRepeatsAllowed: item.authority === 'times' ? Math.max(0, (item.times ?? 1) - 1) : 0,
      ...(item.units === null ? {} : { quantity: quantity(item.units, baseUnit) }),
    },
    substitution: { allowedBoolean: item.writtenAs !== 'brand' },
  }
}

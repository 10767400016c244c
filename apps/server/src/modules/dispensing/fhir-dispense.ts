import type { FoundSupply, SupplyItem } from './find-supply.ts'
import {
  dosages,
  entryOf,
  narrative,
  nrces,
  organizationResource,
  partId,
  patientResource,
  practitionerResource,
  quantity,
  type Resource,
  to,
} from './fhir-parts.ts'

/**
 * What an order left with as FHIR R4: a MedicationDispense for each batch, because one resource carries one medication
 * and the batch is the medication's. Each prescription line names the request it was supplied on. NRCeS publishes no
 * profile of a dispense, so it is R4’s own.
 */
export function dispenseBundle({ orderId, items, invoice }: FoundSupply): Resource {
  const organizationId = partId(invoice.seller.id, 'organization')
  const people = peopleOf(items)
  return {
    resourceType: 'Bundle',
    id: orderId,
    meta: { lastUpdated: invoice.issuedAt.toISOString() },
    type: 'collection',
    timestamp: invoice.issuedAt.toISOString(),
    entry: [
      ...items.map(item => entryOf(item.id, dispenseOf(item, organizationId))),
      ...items.map(item => entryOf(partId(item.id, 'medication'), medicationOf(item))),
      ...people,
      entryOf(organizationId, organizationResource(invoice.seller)),
    ],
  }
}

/** The patients and pharmacists the dispensings name, each once. */
function peopleOf(items: readonly SupplyItem[]) {
  const found = new Map<string, Resource>()
  for (const { paper } of items) {
    if (!paper) continue
    const { prescriptionId, patientName, pharmacistName, pharmacistRegistration } = paper
    const patient = { prescriptionId, name: patientName, address: null, sex: null }
    found.set(partId(prescriptionId, 'patient'), patientResource(patient))
    const id = partId(pharmacistRegistration, 'pharmacist')
    const pharmacist = { id, name: pharmacistName, registration: pharmacistRegistration }
    found.set(id, practitionerResource({ ...pharmacist, council: null, qualification: null }))
  }
  return [...found].map(([id, resource]) => entryOf(id, resource))
}

function dispenseOf(item: SupplyItem, organizationId: string): Resource {
  const { paper, pack } = item
  const at = item.packedAt.toISOString()
  const performers = paper
    ? [{ actor: to(partId(paper.pharmacistRegistration, 'pharmacist'), paper.pharmacistName) }]
    : []
  return {
    resourceType: 'MedicationDispense',
    text: narrative(`${item.units} ${pack.baseUnit} of ${pack.name}, batch ${item.batchNumber}`),
    status: paper?.isVoid ? 'entered-in-error' : 'completed',
    medicationReference: to(partId(item.id, 'medication'), pack.name),
    ...(paper ? { subject: to(partId(paper.prescriptionId, 'patient'), paper.patientName) } : {}),
    performer: [...performers, { actor: to(organizationId) }],
    // The request lies in the prescription's own document; it is named by the id it has there.
    ...(paper
      ? {
          authorizingPrescription: [
            {
              type: 'MedicationRequest',
              identifier: {
                system: 'urn:ietf:rfc:3986',
                value: `urn:uuid:${paper.prescriptionItemId}`,
              },
            },
          ],
          dosageInstruction: dosages(paper.directions, pack.baseUnit),
        }
      : {}),
    quantity: quantity(item.units, pack.baseUnit),
    whenPrepared: at,
    substitution: { wasSubstituted: false },
  }
}

function medicationOf({ pack, batchNumber, expiry }: SupplyItem): Resource {
  return {
    resourceType: 'Medication',
    meta: { profile: [nrces('Medication')] },
    text: narrative(pack.name),
    code: { text: [pack.name, pack.composition].filter(Boolean).join(', ') },
    status: 'active',
    manufacturer: { display: pack.manufacturer },
    batch: { lotNumber: batchNumber, expirationDate: expiry },
  }
}

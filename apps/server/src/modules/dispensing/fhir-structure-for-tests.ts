import assert from 'node:assert/strict'

// The structure of FHIR R4 (4.0.1) for what we export, and what NRCeS's profiles (version 6.0.0) ask beyond it. The
// official validator is a Java program of a hundred megabytes; this asks the same of names, types and cardinalities.

/** Elements by type: `!` is needed, `*` is a list, and a type after the colon is looked into. */
const domain =
  'id meta:Meta implicitRules language text:Narrative contained* extension* modifierExtension*'
const elements: Readonly<Record<string, string>> = {
  Bundle:
    'id meta:Meta implicitRules language identifier:Identifier type! timestamp total link* entry:Entry* signature',
  Entry: 'link* fullUrl resource:Resource search request response',
  Composition: `${domain} identifier:Identifier status! type:CodeableConcept! category* subject:Reference encounter date! author:Reference*! title! confidentiality attester* custodian:Reference relatesTo* event* section:Section*`,
  Section:
    'id extension* title code:CodeableConcept author:Reference* focus text:Narrative mode orderedBy entry:Reference* emptyReason section*',
  Patient: `${domain} identifier:Identifier* active name:HumanName* telecom* gender birthDate deceasedBoolean address:Address* maritalStatus photo* contact* communication* generalPractitioner* managingOrganization link*`,
  Practitioner: `${domain} identifier:Identifier* active name:HumanName* telecom* address:Address* gender birthDate photo* qualification:Qualification* communication*`,
  Qualification: 'id extension* identifier* code:CodeableConcept! period issuer:Reference',
  Organization: `${domain} identifier:Identifier* active type* name alias* telecom* address:Address* partOf contact* endpoint*`,
  MedicationRequest: `${domain} identifier:Identifier* status! statusReason intent! category* priority doNotPerform reportedBoolean medicationCodeableConcept:CodeableConcept medicationReference:Reference subject:Reference! encounter supportingInformation* authoredOn requester:Reference performer performerType recorder reasonCode* reasonReference* basedOn* groupIdentifier courseOfTherapyType insurance* note* dosageInstruction:Dosage* dispenseRequest:DispenseRequest substitution:MaySubstitute priorPrescription detectedIssue* eventHistory*`,
  DispenseRequest:
    'id extension* initialFill dispenseInterval validityPeriod numberOfRepeatsAllowed quantity:Quantity expectedSupplyDuration performer:Reference',
  MaySubstitute: 'id extension* allowedBoolean reason',
  MedicationDispense: `${domain} identifier:Identifier* partOf* status! category medicationCodeableConcept:CodeableConcept medicationReference:Reference subject:Reference context supportingInformation* performer:Performer* location authorizingPrescription:Reference* type quantity:Quantity daysSupply whenPrepared whenHandedOver destination receiver* note* dosageInstruction:Dosage* substitution:Substituted detectedIssue* eventHistory*`,
  Performer: 'id extension* function actor:Reference!',
  Substituted: 'id extension* wasSubstituted! type reason* responsibleParty*',
  Medication: `${domain} identifier:Identifier* code:CodeableConcept status manufacturer:Reference form amount ingredient* batch:Batch`,
  Batch: 'id extension* lotNumber expirationDate',
  Dosage:
    'id extension* sequence text additionalInstruction* patientInstruction timing:Timing asNeededBoolean site route method doseAndRate:DoseAndRate* maxDosePerPeriod maxDosePerAdministration maxDosePerLifetime',
  DoseAndRate: 'id extension* type doseQuantity:Quantity doseRange rateQuantity',
  Timing: 'id extension* event* repeat:Repeat code:CodeableConcept',
  Repeat:
    'id extension* boundsDuration:Quantity boundsPeriod count countMax duration durationMax durationUnit frequency frequencyMax period periodMax periodUnit dayOfWeek* timeOfDay* when* offset',
  Quantity: 'id extension* value comparator unit system code',
  Identifier: 'id extension* use type:CodeableConcept system value period assigner:Reference',
  Reference: 'id extension* reference type identifier:Identifier display',
  CodeableConcept: 'id extension* coding:Coding* text',
  Coding: 'id extension* system version code display userSelected',
  HumanName: 'id extension* use text family given* prefix* suffix* period',
  Address: 'id extension* use type text line* city district state postalCode country period',
  Meta: 'id extension* versionId lastUpdated source profile* security:Coding* tag:Coding*',
  Narrative: 'id extension* status! div!',
}

/** Needed by NRCeS's profiles beyond R4, as a path below the resource; of every one of a list. */
const needed: Readonly<Record<string, readonly string[]>> = {
  Bundle: [
    'meta.versionId',
    'identifier.system',
    'identifier.value',
    'timestamp',
    'meta.security.code',
  ],
  Composition: [
    'subject.reference',
    'author.reference',
    'type.coding.system',
    'type.coding.code',
    'type.coding.display',
    'section.entry.reference',
    'section.entry.type',
    'section.code.coding.system',
    'section.code.coding.code',
    'section.code.coding.display',
  ],
  Patient: ['identifier.type.coding.display', 'identifier.value', 'name.text'],
  Practitioner: ['identifier.type.coding.display', 'identifier.value', 'name.text'],
  Organization: ['identifier.type.coding.display', 'identifier.system', 'identifier.value', 'name'],
  MedicationRequest: ['authoredOn', 'requester', 'dosageInstruction', 'medicationCodeableConcept'],
  Medication: ['code'],
}

/** At most one, where R4 would allow more. */
const single: Readonly<Record<string, readonly string[]>> = {
  Composition: ['type.coding', 'section'],
  Medication: ['identifier', 'code.coding'],
}

type Json = Record<string, unknown>

/** Asserts that a bundle is built as R4 and NRCeS's profiles say; names each element that is not. */
export function assertStructure(bundle: object): void {
  const problems: string[] = []
  const resources = look(bundle as Json, 'Bundle', 'Bundle', problems)
  assert.ok(resources > 1, 'a bundle without resources was not looked at')
  assert.deepEqual(problems, [])
}

/** Answers how many resources it saw. */
function look(value: Json, type: string, at: string, problems: string[]): number {
  const name = type === 'Resource' ? String(value['resourceType']) : type
  const known = elements[name]
  if (known === undefined) {
    problems.push(`${at}: ${name} is no type we export`)
    return 0
  }
  const rules = known.split(' ').map(ruleOf)
  const isResource = name === 'Bundle' || type === 'Resource'
  let resources = isResource ? 1 : 0
  for (const key of Object.keys(value)) {
    const isNamed = rules.some(rule => rule.key === key) || (isResource && key === 'resourceType')
    if (!isNamed) problems.push(`${at}.${key}: no element of ${name}`)
  }
  for (const { key, type: inner, isList, isNeeded } of rules) {
    const found = value[key]
    if (found === undefined) {
      if (isNeeded) problems.push(`${at}.${key}: needed`)
      continue
    }
    if (Array.isArray(found) !== isList) problems.push(`${at}.${key}: a list or not`)
    for (const one of [found].flat()) {
      if (inner) resources += look(one as Json, inner, `${at}.${key}`, problems)
      else if (typeof one === 'object' && one !== null)
        problems.push(`${at}.${key}: not looked into`)
    }
  }
  if (isResource) problems.push(...profileProblems(value, name))
  return resources
}

function ruleOf(text: string) {
  const [, key = '', type, isList, isNeeded] = /^(\w+)(?::(\w+))?(\*?)(!?)$/.exec(text) ?? []
  return { key, type, isList: isList === '*', isNeeded: isNeeded === '!' }
}

function profileProblems(resource: Json, name: string): string[] {
  // A resource that claims no profile is held to R4 alone.
  const profiles = ((resource['meta'] as Json | undefined)?.['profile'] as string[]) ?? []
  if (profiles.length === 0) return []
  const missing = (needed[name] ?? []).filter(path => counts(resource, path).includes(0))
  const many = (single[name] ?? []).filter(path => counts(resource, path).some(count => count > 1))
  return [
    ...missing.map(path => `${name}.${path}: needed by ${profiles.join()}`),
    ...many.map(path => `${name}.${path}: one at most by ${profiles.join()}`),
  ]
}

/** How many there are at the end of a path, below each parent of it. */
function counts(value: Json, path: string): number[] {
  const [key = '', ...rest] = path.split('.')
  const found = value[key] === undefined ? [] : [value[key]].flat()
  if (rest.length === 0 || found.length === 0) return [found.length]
  return found.flatMap(one => counts(one as Json, rest.join('.')))
}

import { randomUUID } from 'node:crypto'

const classification = {
  substanceId: 1,
  from: '2030-01-01',
  sourceCitation: 'Test Gazette',
  add: [{ scheme: 'H', appliesTo: 'all' }],
  end: [],
}
const ban = {
  title: 'Test ban',
  components: [{ substanceId: 1 }],
  isExact: false,
  from: '2030-01-01',
  sourceCitation: 'Test Gazette',
}
/** Well-formed bodies of what the classification desk and the price list are told. */
export const catalogueBodies: Record<string, object> = {
  previewBan: ban,
  recordBan: ban,
  liftBan: { to: '2030-01-01', sourceCitation: 'Test Gazette' },
  previewClassification: classification,
  classifySubstance: classification,
  setSaleSwitch: { switch: 'h1_delivery', isOn: false, reason: 'No permission' },
  ruleEquivalence: {
    medicineId: randomUUID(),
    otherMedicineId: randomUUID(),
    ruling: 'linked',
    from: '2030-01-01',
    reason: 'Same label',
  },
  recordNote: {
    kind: 'caution',
    subject: 'H',
    language: 'en',
    text: 'Only against a prescription.',
    citation: 'Drugs Rules 1945, rule 97',
    reviewedOn: '2026-01-01',
  },
  setCutting: { mayBeCut: true, reason: 'Plain tablets' },
  setPrice: { pricePaise: 100, reason: 'Match' },
  recordSellingRule: {
    category: 'skin',
    offBasisPoints: 100,
    from: '2030-01-01',
    reason: 'Festival',
  },
  recordPriceControl: {
    medicineId: randomUUID(),
    ceilingPaise: null,
    from: '2030-01-01',
    sourceCitation: 'Test notification',
  },
  requestPhotoUpload: { description: 'Front' },
  withdrawPhoto: { reason: 'Old label' },
}

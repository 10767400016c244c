import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MedicineDetail } from '@janta/contracts'
import { dataElement, drugFacts } from './structured-data.ts'

const address = 'https://shop.invalid/medicine/x/sample'
const medicine = {
  name: 'Sample </script><b>500',
  manufacturer: 'Sample Labs',
  form: 'tablet',
  pricePaise: 20_05,
  availablePacks: 3,
  decision: 'open',
  facts: { isPrescriptionOnly: false, activeIngredients: ['Paracetamol'] },
} as unknown as MedicineDetail
const onPrescription = {
  ...medicine,
  decision: 'prescription',
  facts: { ...medicine.facts, isPrescriptionOnly: true },
} as MedicineDetail

test('an open medicine is offered at its exact price', () => {
  const { offers } = drugFacts(medicine, address) as { offers: Record<string, string> }
  assert.equal(offers['price'], '20.05')
  assert.equal(offers['availability'], 'https://schema.org/InStock')
})

test('a medicine on prescription is named and never offered', () => {
  const facts = drugFacts(onPrescription, address)
  assert.equal(facts['prescriptionStatus'], 'https://schema.org/PrescriptionOnly')
  assert.equal('offers' in facts, false)
  assert.doesNotMatch(JSON.stringify(facts), /price|rating|review/i)
})

test('no name can end the element and write into the page', () => {
  const element = dataElement(drugFacts(medicine, address))
  assert.equal(element.split('</script>').length, 2)
  const text = element.slice(element.indexOf('>') + 1, element.lastIndexOf('<'))
  assert.equal((JSON.parse(text) as { name: string }).name, medicine.name)
})

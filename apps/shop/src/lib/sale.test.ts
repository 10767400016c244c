import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MedicineCard } from '@janta/contracts'
import { browse } from '@janta/ui/messages/en/browse.ts'
import { saleOf } from './sale.ts'

const card: MedicineCard = {
  id: '0199f000-0000-7000-8000-000000000001',
  name: 'Sample 500 Tablet',
  composition: 'Sample 500 mg',
  manufacturer: 'Sample Labs',
  form: 'tablet',
  packLabel: 'strip of 10 tablets',
  baseUnit: 'tablet',
  unitsPerPack: 10,
  pricePaise: 20_00,
  mrpPaise: 25_00,
  unitPriceMilliPaise: 200_000,
  decision: 'open',
  availablePacks: 40,
  earliestExpiry: '2028-03',
  isLowestPriceOfSalt: false,
  isSample: true,
}

test('an open pack in stock may go in the cart', () => {
  assert.equal(saleOf(card, browse).may, true)
})

test('what the law keeps back never may, however much is in stock', () => {
  for (const decision of ['blocked', 'unclassified'] as const) {
    assert.equal(saleOf({ ...card, decision }, browse).may, false, decision)
  }
})

test('what a pharmacist must see first waits in the cart, and says so', () => {
  for (const decision of ['prescription', 'store_only'] as const) {
    const sale = saleOf({ ...card, decision }, browse)
    assert.equal(sale.may, true, decision)
    assert.notEqual(sale.word, browse.inStock)
    assert.equal(saleOf({ ...card, decision, availablePacks: 0 }, browse).may, false, decision)
  }
})

test('no price or no stock means no button', () => {
  assert.equal(saleOf({ ...card, pricePaise: null }, browse).may, false)
  assert.equal(saleOf({ ...card, availablePacks: 0 }, browse).may, false)
})

test('the last packs are counted aloud', () => {
  assert.equal(saleOf({ ...card, availablePacks: 3 }, browse).word, 'Only 3 left')
})

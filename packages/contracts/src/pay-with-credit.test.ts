import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payWithCredit } from './pay-with-credit.ts'

test('of cash credit takes whole rupees, the bank is left a rupee, and credit for all of it leaves nothing', () => {
  const pays = (totalPaise: number, offeredPaise: number, isCash: boolean) =>
    payWithCredit({
      totalPaise,
      offeredPaise,
      paymentMethod: isCash ? 'cash_on_delivery' : 'prepaid',
    })
  assert.deepEqual(pays(40_209, 10_050, true), {
    creditPaise: 10_000,
    paymentMethod: 'cash_on_delivery',
  })
  assert.deepEqual(pays(40_209, 40_209, true), { creditPaise: 40_209, paymentMethod: 'prepaid' })
  assert.deepEqual(pays(40_209, 40_208, false), { creditPaise: 40_109, paymentMethod: 'prepaid' })
  assert.deepEqual(pays(40_209, 0, false), { creditPaise: 0, paymentMethod: 'prepaid' })
})

import assert from 'node:assert/strict'
import { type PaymentMethod, payWithCredit } from '@janta/contracts'
import { backBySource } from '../src/modules/ordering/back-by-source.ts'

export type CreditUse = 'none' | 'partly' | 'whole'

/** A customer's two purses while one order is paid and taken back: money, and her store credit with us. */
export interface Purse {
  /** Whether the order is paid at the door and so comes to whole rupees. */
  readonly isCash: boolean
  /** The order is invoiced: what was paid above it goes back at once, what is due at the door is paid. */
  settle(invoicedPaise: number): void
  readonly giveBack: (paise: number) => void
  /** Fails unless every rupee is where it came from; answers how much of the order was paid with credit. */
  assertEmpty(): CreditUse
}

/**
 * Pays an order of `dearestPaise` and sometimes more, as when a batch prints a lower MRP when it is packed, with credit
 * of random size before another way: the amounts as the checkout, the packing and the returns reckon them.
 */
export function paidWithCredit(random: () => number, dearestPaise: number): Purse {
  const below = (limit: number) => Math.floor(random() * limit)
  const orderedPaise = dearestPaise + (random() < 0.2 ? below(5_000) : 0)
  const chance = random()
  const offeredPaise =
    chance < 0.4 ? 0 : chance < 0.8 ? below(orderedPaise + 1) : orderedPaise + below(10_000)
  const asked: PaymentMethod = random() < 0.5 ? 'cash_on_delivery' : 'prepaid'
  const { creditPaise: spentPaise, paymentMethod } = payWithCredit({
    totalPaise: orderedPaise,
    offeredPaise,
    paymentMethod: asked,
  })
  assert.ok(spentPaise >= 0 && spentPaise <= Math.min(offeredPaise, orderedPaise))
  const isCash = paymentMethod === 'cash_on_delivery'
  let moneyLeftPaise = isCash ? 0 : orderedPaise - spentPaise
  let creditLeftPaise = spentPaise
  let balancePaise = offeredPaise - spentPaise
  let [paidPaise, moneyBackPaise, keptPaise] = [moneyLeftPaise, 0, 0]
  const giveBack = (paise: number) => {
    const back = backBySource(paise, { moneyLeftPaise, creditLeftPaise })
    assert.ok(back.moneyPaise >= 0 && back.creditPaise >= 0, 'nothing that goes back is a debt')
    moneyLeftPaise -= back.moneyPaise
    creditLeftPaise -= back.creditPaise
    assert.ok(back.creditPaise === 0 || moneyLeftPaise === 0, 'credit comes after her money')
    balancePaise += back.creditPaise
    // Now and then she takes credit instead of her money.
    if (random() < 0.1) {
      keptPaise += back.moneyPaise
      balancePaise += back.moneyPaise
    } else {
      moneyBackPaise += back.moneyPaise
    }
  }
  return {
    isCash,
    settle(invoicedPaise) {
      if (!isCash) return giveBack(orderedPaise - invoicedPaise)
      const unneededPaise = Math.max(0, creditLeftPaise - invoicedPaise)
      creditLeftPaise -= unneededPaise
      balancePaise += unneededPaise
      paidPaise = invoicedPaise - creditLeftPaise
      assert.equal(paidPaise % 100, 0, 'nobody owes paise at the door')
      moneyLeftPaise = paidPaise
    },
    giveBack,
    assertEmpty() {
      assert.deepEqual([moneyLeftPaise, creditLeftPaise], [0, 0], 'nothing stays with the pharmacy')
      assert.equal(
        moneyBackPaise + keptPaise,
        paidPaise,
        'the money that came is the money that went',
      )
      assert.equal(
        balancePaise,
        offeredPaise + keptPaise,
        'her credit is what it was, and what she kept',
      )
      if (spentPaise === 0) return 'none'
      return spentPaise === orderedPaise ? 'whole' : 'partly'
    },
  }
}

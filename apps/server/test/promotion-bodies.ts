import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { api, type Browser } from './web-for-tests.ts'

/** Well-formed bodies of what ends an order and what makes it cheaper. */
export const promotionBodies: Record<string, object> = {
  returnOrder: { reason: 'R' },
  cancelOrderByStaff: { reason: 'other' },
  askReturn: { reason: 'damaged', lines: [{ medicineId: randomUUID(), packs: 1 }] },
  decideReturn: { lines: [], refundWay: 'source', answer: 'Not ours' },
  putCartCoupon: { code: 'SAMPLE' },
  recordPromotion: {
    name: 'Sample',
    nameHi: 'Sample',
    benefit: 'free_delivery',
    fromItemsPaise: 0,
    lane: 'main',
    isFirstOrder: false,
    from: '2030-01-01',
  },
}

/** How a stranger tries for another's cart by its coupon, and for the money of another's order. */
export function triesForPromotions(
  as: ReadonlyMap<string, Browser>,
  orderOfCustomer: () => string,
) {
  return {
    askReturn: async () => {
      const request = { params: { id: orderOfCustomer() }, body: promotionBodies['askReturn'] }
      const answer = await as.get('stranger')!.send(api.askReturn, request)
      assert.equal(answer.json().code, 'not_found')
    },
    getMyCredit: async () => {
      const hers = (await as.get('stranger')!.send(api.getMyCredit)).json()
      assert.deepEqual(hers, { balancePaise: 0, entries: [] })
    },
    withdrawReturn: async () => {
      const request = { params: { id: orderOfCustomer() } }
      const answer = await as.get('stranger')!.send(api.withdrawReturn, request)
      assert.equal(answer.json().code, 'not_found')
    },
    putCartCoupon: async () => {
      const request = { body: { code: 'NOSUCH' } }
      const answer = await as.get('stranger')!.send(api.putCartCoupon, request)
      assert.ok(['cart_empty', 'coupon_unknown'].includes(answer.json().code))
      const mine = await as.get('customer')!.send(api.getCart)
      assert.equal(mine.json().coupon, null)
    },
  }
}

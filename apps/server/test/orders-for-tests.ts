import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Cart, MedicineCard, Order } from '@janta/contracts'
import { api, type Browser } from './web-for-tests.ts'

export const sampleAddress = {
  recipientName: 'Sunita Sample',
  mobile: '9000000001',
  line1: '12 Invented Lane',
  landmark: 'Near the sample temple',
  city: 'Indore',
  pin: '452001',
}

/** A pack of the sample shelf that anybody may order. */
export async function findOpenMedicine(browser: Browser): Promise<MedicineCard> {
  const { items } = (await browser.send(api.searchMedicines, { query: { limit: 50 } })).json()
  const found = (items as MedicineCard[]).find(
    one => one.decision === 'open' && one.availablePacks > 5 && (one.pricePaise ?? 0) > 0,
  )
  assert.ok(found, 'the sample shelf holds nothing that may be ordered')
  return found
}

export async function putInCart(
  browser: Browser,
  medicineId: string,
  quantity: number,
): Promise<Cart> {
  const answer = await browser.send(api.putCartLine, { params: { medicineId }, body: { quantity } })
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

export const orderOf = (cart: Cart) => ({
  address: sampleAddress,
  paymentMethod: 'cash_on_delivery' as const,
  cartVersion: cart.version,
})

/** The way of a customer through the shop: find, put in the cart, order cash on delivery. */
export async function placeSampleOrder(browser: Browser): Promise<Order> {
  const medicine = await findOpenMedicine(browser)
  const cart = await putInCart(browser, medicine.id, 2)
  const answer = await browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: orderOf(cart),
  })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json()
}

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { api, type Client, client, type Order } from '@janta/contracts'
import { pharmacyUrl } from './counter.ts'

/** Somebody who speaks to the API directly, with cookies of their own. */
export interface ApiPerson {
  call: Client<typeof api>
}

export function newPerson(): ApiPerson {
  const cookies = new Map<string, string>()
  const send: typeof fetch = async (address, init) => {
    const headers = new Headers(init?.headers)
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(address, { ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return response
  }
  return { call: client(api, pharmacyUrl, send) }
}

/** A number nobody has signed in with before, so that no test meets another's limits. */
export function newMobile(): string {
  return `9${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`
}

export async function signedInCustomer(mobile = newMobile()): Promise<ApiPerson> {
  const person = newPerson()
  const sent = await person.call.requestSignInCode({ body: { mobile } })
  assert.ok(sent.localCode, 'a local pharmacy gives the code')
  await person.call.createSession({ body: { codeId: sent.id, code: sent.localCode } })
  return person
}

/** Places an order of some different medicines anybody may buy, cash on delivery. */
export async function placeOrder(person: ApiPerson, lines = 2): Promise<Order> {
  const { items } = await person.call.searchMedicines({ query: { limit: 50 } })
  const sold = items.filter(
    item => item.decision === 'open' && item.pricePaise !== null && item.availablePacks >= 5,
  )
  assert.ok(sold.length >= lines, 'the sample pharmacy has too little to order')
  for (const medicine of sold.slice(0, lines)) {
    await person.call.putCartLine({
      params: { medicineId: medicine.id },
      query: {},
      body: { quantity: 1 },
    })
  }
  const cart = await person.call.getCart({ query: {} })
  return await person.call.placeOrder({
    idempotencyKey: randomUUID(),
    body: {
      cartVersion: cart.version,
      paymentMethod: 'cash_on_delivery',
      address: {
        recipientName: 'Asha Sample',
        mobile: '9000000011',
        line1: '12 Sample Lane',
        city: 'Indore',
        pin: '452001',
      },
    },
  })
}

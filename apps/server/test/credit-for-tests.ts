import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { api, type CounterOrder, type Order, type StoreCredit } from '@janta/contracts'
import { sql } from 'kysely'
import type { Event } from '#kernel/events'
import { loadSampleBilling } from '#modules/billing'
import { loadPinCodes, loadSampleDelivery } from '#modules/delivery'
import { loadSamplePeople } from '#modules/identity'
import { ordering } from '#modules/ordering'
import { putInCart, sampleAddress } from './orders-for-tests.ts'
import { type PayBed, payBed } from './payments-for-tests.ts'
import { addLots, addPack } from './shelf-for-tests.ts'
import { Browser, mobileOf } from './web-for-tests.ts'

/** A pharmacy that takes payments, and its administrator at the desk. */
export interface CreditBed {
  readonly bed: PayBed
  readonly desk: Browser
}

export async function creditBed(): Promise<CreditBed> {
  const bed = await payBed()
  await loadPinCodes(bed.database)
  await loadSampleDelivery(bed.database)
  await loadSampleBilling(bed.database)
  await loadSamplePeople(bed.database)
  return { bed, desk: await new Browser(bed.web.app).signIn(mobileOf.administrator) }
}

type Request = Parameters<Browser['send']>
export const sent = async <T>(browser: Browser, ...request: Request): Promise<T> => {
  const answer = await browser.send(...request)
  assert.ok(answer.statusCode < 300, answer.body)
  return answer.json()
}

let mobiles = 9000000900
export interface Customer {
  readonly browser: Browser
  readonly packId: string
  order(paymentMethod: Order['paymentMethod'], more?: object): Promise<Order>
  credit(): Promise<StoreCredit>
  look(id: string): Promise<Order>
}

/** Somebody new before a shelf of her own. */
export async function customer(bed: PayBed): Promise<Customer> {
  const packId = await addPack(bed.database)
  await addLots(bed.database, [{ packId, packs: 30, mrpPaise: 30_000 }])
  const browser = await new Browser(bed.web.app).signIn(String(mobiles++))
  return {
    browser,
    packId,
    async order(paymentMethod, more = {}) {
      const { version: cartVersion } = await putInCart(browser, packId, 2)
      return sent<Order>(browser, api.placeOrder, {
        idempotencyKey: randomUUID(),
        body: { address: sampleAddress, paymentMethod, cartVersion, ...more },
      })
    },
    credit: () => sent(browser, api.getMyCredit),
    look: id => sent(browser, api.getOrder, { params: { id } }),
  }
}

export const give = (
  desk: Browser,
  id: string,
  amountPaise: number,
  idempotencyKey = randomUUID(),
) =>
  desk.send(api.giveGoodwill, {
    params: { id },
    idempotencyKey,
    body: { amountPaise, note: 'The box was wet' },
  })

/** A customer with so much credit, given for an order she cancelled since. */
export async function withCredit({ bed, desk }: CreditBed, amountPaise: number): Promise<Customer> {
  const one = await customer(bed)
  const { id } = await one.order('cash_on_delivery')
  assert.equal((await give(desk, id, amountPaise)).statusCode, 201)
  await sent(one.browser, api.cancelOrder, {
    params: { id },
    body: { reason: 'ordered_by_mistake' },
  })
  return one
}

/** Pays what the bank is asked for and lets the order hear it; answers the paise. */
export async function pay({ bed }: CreditBed, { browser }: Customer, id: string) {
  const begun = await sent<{ gatewayOrderId: string; amountPaise: number }>(
    browser,
    api.beginPayment,
    { params: { id } },
  )
  bed.gateway.bank.act(begun.gatewayOrderId, 'approve')
  await bed.deliverAll()
  await bed.work()
  const { rows } = await sql<Event>`
    select id, name, payload from kernel.event
    where name = 'payments.captured' and payload ->> 'orderId' = ${id}`.execute(bed.database.db)
  const heard = ordering(bed.surroundings).subscribers?.find(
    one => one.event === 'payments.captured',
  )
  for (const event of rows) await heard?.run(bed.database, event)
  return begun.amountPaise
}

/** Packs, hands over and delivers, with the cash that is due. */
export async function deliver(
  desk: Browser,
  id: string,
): Promise<{ totalPaise: number; batchId: string }> {
  const { picks } = await sent<CounterOrder>(desk, api.getCounterOrder, { params: { id } })
  const body = {
    picks: picks.map(({ medicineId, batchId, packs }) => ({ medicineId, batchId, packs })),
  }
  const packed = await sent<CounterOrder>(desk, api.packOrder, { params: { id }, body })
  await sent(desk, api.handOverOrder, { params: { id }, body: { rider: 'R. Sample' } })
  const isCash = packed.paymentMethod === 'cash_on_delivery'
  const collectedPaise = isCash ? packed.totalPaise - packed.creditPaise : 0
  await sent(desk, api.deliverOrder, {
    params: { id },
    body: { receivedBy: 'S. Sample', collectedPaise },
  })
  return { totalPaise: packed.totalPaise, batchId: picks[0]!.batchId }
}

/** Asks to bring back one pack of an order. */
export async function askBack(one: Customer, id: string): Promise<string> {
  const asked = await sent<{ id: string }>(one.browser, api.askReturn, {
    params: { id },
    body: { reason: 'damaged', lines: [{ medicineId: one.packId, packs: 1 }] },
  })
  return asked.id
}

/** The desk's whole yes to a return of one pack. */
export const acceptance = (one: Customer, id: string, batchId: string, refundWay: string) => ({
  params: { id },
  body: { lines: [{ medicineId: one.packId, batchId, packs: 1, fate: 'quarantine' }], refundWay },
})

export async function bringBack(
  desk: Browser,
  one: Customer,
  { id, batchId, refundWay }: { id: string; batchId: string; refundWay: string },
) {
  const request = acceptance(one, await askBack(one, id), batchId, refundWay)
  return sent<{ refundPaise: number }>(desk, api.decideReturn, request)
}

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import {
  api,
  type CounterOrder,
  type Order,
  type PrescriptionEntry,
  type Review,
  type Worksheet,
} from '@janta/contracts'
import { sql } from 'kysely'
import type { Event } from '#kernel/events'
import { ordering } from '#modules/ordering'
import { putInCart, sampleAddress } from './orders-for-tests.ts'
import { addReadyUpload, paperOf, todayIn } from './rx-desk-for-tests.ts'
import { addLots, addPack } from './shelf-for-tests.ts'
import { Browser, type TestWeb } from './web-for-tests.ts'

export interface RxOrder {
  readonly id: string
  readonly browser: Browser
  /** A Schedule H medicine in strips of ten, and an everyday one. */
  readonly rx: string
  readonly open: string
  readonly batchId: string
}

let mobiles = 9000000400

/** Orders six strips on prescription and two everyday packs, paid in cash, with a checked file. */
export async function orderOnPrescription(web: TestWeb): Promise<RxOrder> {
  const { database } = web.own
  const rx = await addPack(database, { decision: 'prescription' })
  const open = await addPack(database)
  const [batchId] = await addLots(database, [
    { packId: rx, packs: 30, batchNumber: `RX${mobiles}` },
    { packId: open, packs: 30, batchNumber: `OP${mobiles}` },
  ])
  const browser = await new Browser(web.app).signIn(String(mobiles++))
  await putInCart(browser, rx, 6)
  const cart = await putInCart(browser, open, 2)
  const personId = (await browser.send(api.getMe)).json().person.id
  const answer = await browser.send(api.placeOrder, {
    idempotencyKey: randomUUID(),
    body: {
      address: sampleAddress,
      paymentMethod: 'cash_on_delivery',
      prescription: { uploadIds: [await addReadyUpload(database, personId)] },
      cartVersion: cart.version,
    },
  })
  assert.equal(answer.statusCode, 201, answer.body)
  const { id }: Order = answer.json()
  return { id, browser, rx, open, batchId: batchId! }
}

type Line = Worksheet['lines'][number]

/**
 * The pharmacist reads one paper of these medicines and approves every line whose medicine is on it, unless `line` says
 * otherwise (of one medicine where `only` names it); other lines stay as they are. Then the order hears of it.
 */
export async function settle(
  web: TestWeb,
  pharmacist: Browser,
  { id: orderId, rx }: { id: string; rx: string | readonly string[] },
  said: {
    line?: Partial<Line>
    only?: string
    item?: Partial<PrescriptionEntry['items'][number]>
  } = {},
): Promise<Review> {
  const { database } = web.own
  const params = { id: await reviewOf(web, orderId) }
  const claimed = await pharmacist.send(api.claimReview, { params, body: { takeOver: false } })
  assert.ok(claimed.statusCode < 300, claimed.body)
  const review: Review = (await pharmacist.send(api.getReview, { params })).json()
  const read = [rx].flat()
  const paper = paperOf(await todayIn(database), read, {}, said.item)
  const lines = review.lines.map((asked): Line => {
    const { line, verdict, approvedPacks: packs, code, note, itemId } = asked
    const item = read.indexOf(asked.medicineId)
    if (item < 0) return { line, verdict, packs, code, note, item: itemId ? { itemId } : null }
    const approved = { verdict: 'approved' as const, packs: asked.askedPacks, code: null }
    const isMeant = said.only === undefined || said.only === asked.medicineId
    const other = isMeant ? said.line : {}
    return { line, ...approved, note: null, item: { prescription: 0, item }, ...other }
  })
  const body = { version: review.version, prescriptions: [paper], lines }
  const saved = await pharmacist.send(api.saveReview, { params, body })
  assert.equal(saved.statusCode, 200, saved.body)
  const decided = await pharmacist.send(api.decideReview, {
    params,
    body: { version: saved.json().version, overrides: [] },
  })
  assert.ok(decided.statusCode < 300, decided.body)
  await hear(web, 'prescriptions.review_decided', orderId)
  return (await pharmacist.send(api.getReview, { params })).json()
}

/** The pharmacist approves every line as asked; then the order hears of it. Answers the prescription's id. */
export async function approve(
  web: TestWeb,
  pharmacist: Browser,
  order: RxOrder,
  item: Partial<PrescriptionEntry['items'][number]> = {},
): Promise<string> {
  return (await settle(web, pharmacist, order, { item })).prescriptions[0]!.id
}

export async function reviewOf(web: TestWeb, orderId: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from prescriptions.review where order_id = ${orderId}`.execute(web.own.database.db)
  return rows[0]!.id
}

/** Runs what ordering does at an event, as the worker would. */
export async function hear(web: TestWeb, name: string, orderId: string): Promise<void> {
  const { rows } = await sql<Event>`
    select id, name, payload from kernel.event
    where name = ${name} and payload ->> 'orderId' = ${orderId} order by id`.execute(
    web.own.database.db,
  )
  for (const one of ordering(web.surroundings).subscribers ?? []) {
    for (const event of rows) if (one.event === name) await one.run(web.own.database, event)
  }
}

/** What the shelf holds for an order, as it is picked. */
export async function picksFor(pharmacist: Browser, id: string) {
  const found: CounterOrder = (
    await pharmacist.send(api.getCounterOrder, { params: { id } })
  ).json()
  return found.picks.map(({ medicineId, batchId, packs }) => ({ medicineId, batchId, packs }))
}

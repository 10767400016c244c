import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Endpoint, Order } from '@janta/contracts'
import { mayDo, permissions, type Role, roles } from '@janta/contracts'
import { sql } from 'kysely'
import { placeSampleOrder } from './orders-for-tests.ts'
import { catalogueBodies } from './catalogue-bodies.ts'
import { anyKeys, deliveryBodies } from './delivery-bodies.ts'
import { paymentBodies } from './payment-bodies.ts'
import { oneFile, triesForUploads, uploadBodies } from './prescription-tries.ts'
import { promotionBodies, triesForPromotions } from './promotion-bodies.ts'
import { purchasingBodies } from './purchasing-bodies.ts'
import { registerBodies, registerQueries } from './register-bodies.ts'
import { rxDeskBodies, triesForQuestions } from './rx-desk-bodies.ts'
import { stockBodies } from './stock-bodies.ts'
import { api, Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

let web: TestWeb
let order: Order
const as = new Map<Role | 'customer' | 'stranger' | 'nobody', Browser>()
before(async () => {
  web = await testWeb({ sample: true })
  as.set('nobody', new Browser(web.app))
  as.set('stranger', await new Browser(web.app).signIn('9000000055'))
  for (const role of ['customer', ...roles] as const) {
    as.set(role, await new Browser(web.app).signIn(mobileOf[role]))
  }
  order = await placeSampleOrder(as.get('customer')!)
})
after(() => web.close())

const endpoints: [string, Endpoint][] = Object.entries(api)

/** Well-formed enough to get past the permission; a 404 or a 4xx of the rule itself comes after it. */
const anyRequest = (endpoint: Endpoint) => ({
  params: { id: randomUUID(), medicineId: randomUUID(), ...anyKeys },
  ...(endpoint.body && { body: {} }),
  ...(endpoint.idempotent && { idempotencyKey: randomUUID() }),
})

test('every endpoint that needs a person turns nobody away with 401', async () => {
  const guarded = endpoints.filter(([, one]) => one.permission !== 'public')
  assert.ok(guarded.length >= 10, `only ${guarded.length} guarded endpoints`)
  for (const [name, endpoint] of guarded) {
    const answer = await as.get('nobody')!.send(endpoint, anyValid(name, endpoint))
    assert.equal(answer.statusCode, 401, `${name} answered ${answer.statusCode}`)
    assert.equal(answer.json().code, 'sign_in_needed')
  }
})

test('every endpoint that needs a right refuses each role without it with 403', async () => {
  let tried = 0
  for (const [name, endpoint] of endpoints) {
    const { permission } = endpoint
    if (permission === 'public' || permission === 'signed_in') continue
    const without = (['customer', ...roles] as const).filter(
      role => role === 'customer' || !mayDo([role], permission),
    )
    for (const role of without) {
      const answer = await as.get(role)!.send(endpoint, anyValid(name, endpoint))
      assert.equal(answer.statusCode, 403, `${name} as ${role} answered ${answer.statusCode}`)
      tried++
    }
  }
  assert.ok(tried >= 10, `only ${tried} wrong roles were tried`)
})

test('every right is held by some role and used by some endpoint or kept for an announced one', () => {
  const announced = ['audit.view']
  for (const permission of Object.keys(permissions)) {
    const used = endpoints.some(([, one]) => one.permission === permission)
    assert.notEqual(used, announced.includes(permission), `${permission}: used ${used}`)
  }
})

/** How a stranger tries for another's thing, by endpoint; each must answer as if it did not exist. */
const strangerTries: Record<string, () => Promise<unknown>> = {
  ...triesForUploads(who => as.get(who)!, notFound),
  ...triesForQuestions(
    () => web.own.database,
    who => as.get(who)!,
    notFound,
  ),
  getOrder: () => notFound(api.getOrder, { params: { id: order.id } }),
  listMyOrderNotices: () => notFound(api.listMyOrderNotices, { params: { id: order.id } }),
  cancelOrder: () =>
    notFound(api.cancelOrder, { params: { id: order.id }, body: { reason: 'other' } }),
  takeApproved: () => notFound(api.takeApproved, { params: { id: order.id } }),
  payAtDoor: () => notFound(api.payAtDoor, { params: { id: order.id } }),
  addPrescription: () => notFound(api.addPrescription, { params: { id: order.id }, body: oneFile }),
  listMyOrders: async () => {
    const answer = await as.get('stranger')!.send(api.listMyOrders)
    assert.deepEqual(answer.json().items, [])
  },
  getPayment: () => notFound(api.getPayment, { params: { id: order.id } }),
  beginPayment: () => notFound(api.beginPayment, { params: { id: order.id } }),
  confirmPayment: () =>
    notFound(api.confirmPayment, {
      params: { id: order.id },
      body: { paymentId: 'pay_1', signature: 's' },
    }),
  listMyOrderDocuments: async () => {
    const answer = await as
      .get('stranger')!
      .send(api.listMyOrderDocuments, { params: { id: order.id } })
    assert.deepEqual(answer.json().items, [])
  },
  getMyDocument: () => notFound(api.getMyDocument, { params: { id: order.id } }),
  getCart: async () => {
    const answer = await as.get('stranger')!.send(api.getCart)
    assert.deepEqual(answer.json().lines, [])
  },
  putCartLine: async () => {
    const medicineId = order.lines[0]!.medicineId
    await as
      .get('stranger')!
      .send(api.putCartLine, { params: { medicineId }, body: { quantity: 3 } })
    const mine = await as.get('customer')!.send(api.getCart)
    assert.deepEqual(mine.json().lines, [])
    await as
      .get('stranger')!
      .send(api.putCartLine, { params: { medicineId }, body: { quantity: 0 } })
  },
  ...triesForPromotions(as, () => order.id),
  placeOrder: async () => {
    const answer = await as.get('stranger')!.send(api.placeOrder, {
      idempotencyKey: randomUUID(),
      body: anyValid('placeOrder', api.placeOrder).body,
    })
    assert.equal(answer.json().code, 'cart_empty')
  },
}

async function notFound(endpoint: Endpoint, request: object) {
  const answer = await as.get('stranger')!.send(endpoint, request)
  assert.equal(answer.statusCode, 404)
  assert.equal(answer.json().code, 'not_found')
}

test('every endpoint with an owner was tried by a stranger, who finds nothing', async () => {
  const owned = endpoints.filter(([, one]) => one.ownership !== 'none').map(([name]) => name)
  assert.deepEqual(
    owned.sort(),
    Object.keys(strangerTries).sort(),
    'Add the new endpoint to strangerTries.',
  )
  for (const tries of Object.values(strangerTries)) await tries()
})

test('every endpoint is served, and with nothing sent answers without a fault', async () => {
  for (const [name, endpoint] of endpoints) {
    const answer = await as.get('administrator')!.send(endpoint, anyRequest(endpoint))
    assert.ok(answer.statusCode < 500, `${name} answered ${answer.statusCode}: ${answer.body}`)
    assert.ok(!answer.body.includes('There is nothing at this address.'), `${name} is not served`)
  }
})

test('what is declared audited leaves a row with its actor, request and object', async () => {
  const { rows } = await sql<{ action: string; actor: boolean; objectId: string | null }>`
    select action, actor_id is not null as actor, object_id as "objectId" from audit.entry
    where action = 'ordering.order_placed'`.execute(web.own.database.db)
  assert.deepEqual(rows, [{ action: 'ordering.order_placed', actor: true, objectId: order.id }])
})

test('nothing personal reached the log', () => {
  const logged = web.logged()
  assert.ok(logged.length > 1_000, 'the log was not captured')
  for (const secret of [
    '9000000001',
    order.address.recipientName,
    order.address.line1,
    order.lines[0]!.name,
  ]) {
    assert.ok(!logged.includes(secret), `the log holds ${secret}`)
  }
})

/** A body the declaration accepts, so that the refusal is the permission's and not the form's. */
function anyValid(name: string, endpoint: Endpoint) {
  const address = {
    recipientName: 'A',
    mobile: '9000000001',
    line1: 'B',
    city: 'Indore',
    pin: '452001',
  }
  const bodies: Record<string, object> = {
    placeOrder: { address, paymentMethod: 'cash_on_delivery', cartVersion: 'x' },
    cancelOrder: { reason: 'other' },
    addPrescription: oneFile,
    collectOrder: { receivedBy: 'R', collectedPaise: 0 },
    confirmPayment: { paymentId: 'pay_1', signature: 's' },
    createImport: { kind: 'pin_codes', source: 'S', fileName: 'f.csv', bytes: 1 },
    ...paymentBodies,
    checkImport: { mapping: { pin: 0 } },
    commitImport: { chosen: 'all', lines: [], sameFileAgain: false },
    packOrder: { picks: [{ medicineId: randomUUID(), batchId: randomUUID(), packs: 1 }] },
    handOverOrder: { rider: 'R' },
    deliverOrder: { receivedBy: 'R', collectedPaise: 0 },
    ...purchasingBodies,
    ...stockBodies,
    ...uploadBodies,
    ...rxDeskBodies,
    ...registerBodies,
    requestMedicine: { name: 'Wunderol' },
    ...deliveryBodies,
    ...catalogueBodies,
    askForPeriod: { month: '2026-10' },
    recordSeller: {
      storeId: randomUUID(),
      effectiveFrom: '2030-01-01',
      legalName: 'S',
      tradeName: 'S',
      addressLines: ['A'],
      pin: '452001',
      gstin: '27AAPFU0939F1ZV',
      drugLicences: ['20: S'],
      hsnDigits: 4,
      deliveryTreatment: 'own_service',
    },
    ...promotionBodies,
    openRecall: {
      recallClass: 'II',
      level: 'retail',
      source: 'S',
      reason: 'R',
      medicineId: randomUUID(),
      batchNumbers: ['B'],
    },
    recordRecallContact: { orderId: randomUUID(), outcome: 'told' },
    recordRecallDisposal: { batchId: randomUUID(), units: 1, kind: 'destroyed', note: 'N' },
    receiveStock: {
      supplierName: 'S',
      billNumber: 'B',
      lines: [
        { medicineId: randomUUID(), batchNumber: 'B', expiry: '2031-01', mrpPaise: 100, packs: 1 },
      ],
    },
  }
  const queries: Record<string, Record<string, unknown>> = {
    findSubstances: { q: 'pa' },
    exportStockReport: { report: 'slow_movers' },
    ...registerQueries,
  }
  const request = { ...anyRequest(endpoint), query: queries[name] ?? {} }
  return endpoint.body ? { ...request, body: bodies[name] } : request
}

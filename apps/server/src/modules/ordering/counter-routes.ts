import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import { findPicking } from '#modules/dispensing'
import { defaultStore } from '#modules/stock'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { inTransaction } from '#kernel/transaction'
import { cancelOrderByStaff } from './cancel-order.ts'
import { collectOrder } from './collect-order.ts'
import { decideReturn } from './decide-return.ts'
import { deliverOrder } from './deliver-order.ts'
import { findCounterOrder, findCounterOrders } from './find-counter-orders.ts'
import { handToChecker } from './hand-to-checker.ts'
import { findReturns } from './find-returns.ts'
import { findCreditOfOrder, giveGoodwill } from './give-goodwill.ts'
import { handOverOrder } from './hand-over-order.ts'
import { packOrder } from './pack-order.ts'
import { returnOrder } from './return-order.ts'

/** Mounts what the counter does with orders: list, look, pack, hand over, deliver, take back, cancel. */
export function counterRoutes(app: FastifyInstance, { database }: Surroundings): void {
  const { reads } = database
  serve(app, api.listCounterOrders, ({ query }) => findCounterOrders(reads, query))
  serve(app, api.getCounterOrder, async ({ caller, params }) => {
    const order = await findCounterOrder(reads, params.id)
    // Looking at a customer's order goes on the audit trail, and nothing is shown before it is written there.
    await inTransaction(database, caller, async () => ({ id: order.id }))
    return order
  })
  serve(app, api.packOrder, async ({ caller, params, body }) => {
    await packOrder(database, caller, { id: params.id, picks: body.picks })
    return findCounterOrder(reads, params.id)
  })
  serve(app, api.handToChecker, async ({ caller, params, body }) => {
    await handToChecker(database, caller, { id: params.id, picks: body.picks })
    return findPicking(database.db, caller, {
      orderId: params.id,
      storeId: (await defaultStore(database.db)).id,
    })
  })
  serve(app, api.handOverOrder, async ({ caller, params, body }) => {
    await handOverOrder(database, caller, { id: params.id, rider: body.rider })
    return findCounterOrder(reads, params.id)
  })
  serve(app, api.deliverOrder, async ({ caller, params, body }) => {
    await deliverOrder(database, caller, { id: params.id, ...body })
    return findCounterOrder(reads, params.id)
  })
  serve(app, api.collectOrder, async ({ caller, params, body }) => {
    await collectOrder(database, caller, { id: params.id, ...body })
    return findCounterOrder(reads, params.id)
  })
  serve(app, api.returnOrder, async ({ caller, params, body }) => {
    await returnOrder(database, caller, { id: params.id, reason: body.reason })
    return findCounterOrder(reads, params.id)
  })
  serve(app, api.getOrderCredit, ({ params }) => findCreditOfOrder(reads, params.id))
  serve(app, api.giveGoodwill, async ({ caller, idempotencyKey, params, body }) => {
    await giveGoodwill(database, caller, idempotencyKey, { orderId: params.id, ...body })
    return findCreditOfOrder(database.db, params.id)
  })
  serve(app, api.listReturns, async ({ query }) => ({ items: await findReturns(reads, query) }))
  serve(app, api.decideReturn, async ({ caller, params, body }) => {
    await decideReturn(database, caller, { id: params.id, ...body })
    return (await findReturns(reads, { id: params.id }))[0]!
  })
  serve(app, api.cancelOrderByStaff, async ({ caller, params, body }) => {
    await cancelOrderByStaff(database, caller, { id: params.id, reason: body.reason })
    return findCounterOrder(reads, params.id)
  })
}

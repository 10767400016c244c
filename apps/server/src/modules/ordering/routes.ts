import assert from 'node:assert/strict'
import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Language } from '#modules/catalogue'
import { cartCookie } from '#modules/identity'
import type { Caller } from '#kernel/caller'
import type { Surroundings } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { serve } from '#kernel/serve'
import { addPrescription } from './add-prescription.ts'
import { askReturn } from './ask-return.ts'
import { cancelOrder } from './cancel-order.ts'
import { findCart } from './find-cart.ts'
import { findOrder } from './find-order.ts'
import { guestCartDays } from './forget-guest-carts.ts'
import { findReturnsOf } from './find-returns.ts'
import { findMyOrders } from './order-summary.ts'
import { payAtDoor } from './pay-at-door.ts'
import { placeOrder } from './place-order.ts'
import { putCartCoupon } from './put-cart-coupon.ts'
import { putCartLine } from './put-cart-line.ts'
import { takeApproved } from './take-approved.ts'
import { withdrawReturn } from './withdraw-return.ts'

const secondsPerDay = 86_400

/** Mounts the cart, the checkout and a person's own orders. */
export function shopRoutes(app: FastifyInstance, { config, database }: Surroundings): void {
  const cartOf = async (caller: Caller, language: Language = 'en') => ({
    ...(await findCart(database.reads, caller, language)),
    mayPayOnline: config.gateway !== undefined,
  })
  serve(app, api.getCart, ({ caller, query }) => cartOf(caller, query.language))
  serve(app, api.putCartLine, async ({ caller, params, query, body, answer }) => {
    const line = { packId: params.medicineId, quantity: body.quantity }
    const { newToken } = await putCartLine(database, caller, line)
    if (newToken) answer.setCookie(cartCookie, newToken, guestCartDays * secondsPerDay)
    const holder = newToken ? { ...caller, cartToken: newToken } : caller
    return cartOf(holder, query.language)
  })
  serve(app, api.putCartCoupon, async ({ caller, query, body }) => {
    await putCartCoupon(database, caller, body.code)
    return cartOf(caller, query.language)
  })
  serve(app, api.placeOrder, async ({ caller, idempotencyKey, body }) => {
    if (body.paymentMethod === 'prepaid' && !config.gateway) throw onlinePaymentOff()
    const { id } = await placeOrder(database, caller, idempotencyKey, body)
    return (await findOrder(database.reads, id, personOf(caller))).order
  })
  serve(app, api.listMyOrders, ({ caller, query }) =>
    findMyOrders(database.reads, personOf(caller), query),
  )
  serve(app, api.getOrder, async ({ caller, params }) => {
    return (await findOrder(database.reads, params.id, personOf(caller))).order
  })
  serve(app, api.payAtDoor, async ({ caller, params }) => {
    await payAtDoor(database, caller, { id: params.id })
    return (await findOrder(database.reads, params.id, personOf(caller))).order
  })
  serve(app, api.takeApproved, async ({ caller, params }) => {
    await takeApproved(database, caller, { id: params.id })
    return (await findOrder(database.reads, params.id, personOf(caller))).order
  })
  serve(app, api.addPrescription, async ({ caller, params, body }) => {
    await addPrescription(database, caller, { id: params.id, uploadIds: body.uploadIds })
    return (await findOrder(database.reads, params.id, personOf(caller))).order
  })
  serve(app, api.askReturn, async ({ caller, params, body }) => {
    const { returnId } = await askReturn(database, caller, { id: params.id, ...body })
    const asked = await findReturnsOf(database.reads, params.id)
    return asked.find(one => one.id === returnId)!
  })
  serve(app, api.withdrawReturn, async ({ caller, params }) => {
    await withdrawReturn(database, caller, { id: params.id })
    return { returns: await findReturnsOf(database.db, params.id) }
  })
  serve(app, api.cancelOrder, async ({ caller, params, body }) => {
    await cancelOrder(database, caller, { id: params.id, reason: body.reason })
    return (await findOrder(database.reads, params.id, personOf(caller))).order
  })
}

function personOf(caller: Caller): string {
  assert(caller.personId, 'the endpoint is declared for signed-in people')
  return caller.personId
}

function onlinePaymentOff(): Refusal {
  return new Refusal(
    'online_payment_off',
    'Paying online is not switched on at this pharmacy. Choose cash on delivery.',
    { fields: [{ field: 'paymentMethod', message: 'is not offered here' }] },
  )
}

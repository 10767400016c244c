import { api, listMax } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { decideRefund } from './decide-refund.ts'
import { findAgeing } from './find-ageing.ts'
import { findDeskPayment } from './find-desk-payment.ts'
import { findSettlement, findSettlements } from './find-settlements.ts'
import { importSettlement } from './import-settlement.ts'
import { mendRefund } from './mend-refund.ts'
import { refundOrder } from './refund-order.ts'
import { returnHeldPayment } from './return-held-payment.ts'
import { setPaymentSettings } from './set-payment-settings.ts'
import { findSettings } from './settings.ts'

/** Mounts what staff see and do about money: an order's payment, what waits, settlements and settings. */
export function deskRoutes(app: FastifyInstance, { database }: Surroundings): void {
  const { db, reads } = database
  serve(app, api.getDeskPayment, ({ caller, params }) =>
    findDeskPayment(reads, params.id, caller.personId),
  )
  serve(app, api.refundOrder, async ({ caller, idempotencyKey, params, body }) => {
    await refundOrder(database, caller, idempotencyKey, { orderId: params.id, ...body })
    return findDeskPayment(db, params.id, caller.personId)
  })
  serve(app, api.decideRefund, async ({ caller, params, body }) => {
    const orderId = await decideRefund(database, caller, { id: params.id, ...body })
    return findDeskPayment(db, orderId, caller.personId)
  })
  serve(app, api.mendRefund, async ({ caller, params, body }) => {
    const orderId = await mendRefund(database, caller, { id: params.id, ...body })
    return findDeskPayment(db, orderId, caller.personId)
  })
  serve(app, api.returnHeldPayment, async ({ caller, params }) => {
    const orderId = await returnHeldPayment(database, caller, params.id)
    return findDeskPayment(db, orderId, caller.personId)
  })
  serve(app, api.listAgeing, ({ query }) =>
    findAgeing(reads, { kind: query.kind ?? null, limit: query.limit ?? listMax }),
  )
  serve(app, api.importSettlement, async ({ caller, body }) =>
    findSettlement(db, (await importSettlement(database, caller, body)).id),
  )
  serve(app, api.listSettlements, ({ query }) => findSettlements(reads, query.limit ?? listMax))
  serve(app, api.getSettlement, ({ params }) => findSettlement(reads, params.id))
  serve(app, api.getPaymentSettings, () => findSettings(reads))
  serve(app, api.setPaymentSettings, async ({ caller, body }) => {
    await setPaymentSettings(database, caller, body)
    return findSettings(db)
  })
}

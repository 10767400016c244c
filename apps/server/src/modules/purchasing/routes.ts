import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { checkBill } from './check-bill.ts'
import { claimOnBill } from './claim-on-bill.ts'
import { createOrder } from './create-order.ts'
import { editOrder } from './edit-order.ts'
import { endOrder } from './end-order.ts'
import { findBill, findBills } from './find-bills.ts'
import { findBuyingFacts, findPackByCode } from './find-buying-facts.ts'
import { findClaims } from './find-claims.ts'
import { findDebitNote, findDebitNotes } from './find-debit-notes.ts'
import { findOrder, findOrders } from './find-orders.ts'
import { findSuggestions } from './find-suggestions.ts'
import { findSuppliers } from './find-suppliers.ts'
import { orderSuggestions } from './order-suggestions.ts'
import { overrideSupplierLicence } from './override-supplier-licence.ts'
import { readBillFile } from './read-bill-file.ts'
import { receiveBill } from './receive-bill.ts'
import { returnToSupplier } from './return-to-supplier.ts'
import { saveSupplier } from './save-supplier.ts'
import { sendOrder } from './send-order.ts'
import { setReorderLevel } from './set-reorder-level.ts'

/** Mounts suppliers, orders, bills, returns and the suggestions of what to order. */
export function purchasingRoutes(app: FastifyInstance, { database }: Surroundings): void {
  const { reads } = database
  serve(app, api.listSuppliers, () => findSuppliers(reads))
  serve(app, api.saveSupplier, ({ caller, params, body }) =>
    saveSupplier(database, caller, params.id, body),
  )
  serve(app, api.overrideSupplierLicence, ({ caller, params, body }) =>
    overrideSupplierLicence(database, caller, params.id, body),
  )
  serve(app, api.listPurchaseOrders, ({ query }) => findOrders(reads, query))
  serve(app, api.getPurchaseOrder, ({ params }) => findOrder(reads, params.id))
  serve(app, api.createPurchaseOrder, ({ caller, idempotencyKey, body }) =>
    createOrder(database, caller, idempotencyKey, body),
  )
  serve(app, api.editPurchaseOrder, ({ caller, params, body }) =>
    editOrder(database, caller, params.id, body.lines),
  )
  serve(app, api.sendPurchaseOrder, ({ caller, params }) => sendOrder(database, caller, params.id))
  serve(app, api.endPurchaseOrder, ({ caller, params, body }) =>
    endOrder(database, caller, params.id, body.reason),
  )
  serve(app, api.checkBill, ({ body }) => checkBill(reads, body))
  serve(app, api.receiveBill, ({ caller, idempotencyKey, body }) =>
    receiveBill(database, caller, idempotencyKey, body),
  )
  serve(app, api.listBills, ({ query }) => findBills(reads, query))
  serve(app, api.getBill, ({ params }) => findBill(reads, params.id))
  serve(app, api.readBillFile, ({ caller, body }) => readBillFile(database, caller, body))
  serve(app, api.listBuyingFacts, ({ body }) => findBuyingFacts(reads, body.medicineIds))
  serve(app, api.findPackByCode, ({ params }) => findPackByCode(reads, params.gtin))
  serve(app, api.listClaims, () => findClaims(reads))
  serve(app, api.returnToSupplier, ({ caller, idempotencyKey, body }) =>
    returnToSupplier(database, caller, idempotencyKey, body),
  )
  serve(app, api.listDebitNotes, ({ query }) => findDebitNotes(reads, query))
  serve(app, api.getDebitNote, ({ params }) => findDebitNote(reads, params.id))
  serve(app, api.claimOnBill, ({ caller, idempotencyKey, params, body }) =>
    claimOnBill(database, caller, idempotencyKey, { ...body, billId: params.id }),
  )
  serve(app, api.listSuggestions, () => findSuggestions(reads))
  serve(app, api.orderSuggestions, ({ caller, idempotencyKey, body }) =>
    orderSuggestions(database, caller, idempotencyKey, body.lines),
  )
  serve(app, api.setReorderLevel, ({ caller, params, body }) =>
    setReorderLevel(database, caller, params.id, body),
  )
}

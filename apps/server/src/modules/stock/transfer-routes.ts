import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { askForTransfer } from './ask-for-transfer.ts'
import { cancelTransfer } from './cancel-transfer.ts'
import { cutStrips } from './cut-strips.ts'
import { declineTransferRequest } from './decline-transfer-request.ts'
import { findStores } from './find-stores.ts'
import { findTransferRequest, findTransferRequests } from './find-transfer-requests.ts'
import { findTransfer, findTransfers } from './find-transfers.ts'
import { receiveTransfer } from './receive-transfer.ts'
import { saveStore } from './save-store.ts'
import { sendRequested } from './send-requested.ts'
import { sendTransfer } from './send-transfer.ts'
import { withdrawTransferRequest } from './withdraw-transfer-request.ts'

/** Mounts the stores, what goes between them, and the cutting of strips. */
export function transferRoutes(app: FastifyInstance, { database }: Surroundings): void {
  serve(app, api.listStores, () => findStores(database.reads))
  serve(app, api.saveStore, ({ caller, params, body }) =>
    saveStore(database, caller, { id: params.id, ...body }),
  )
  serve(app, api.listTransfers, ({ query }) => findTransfers(database.reads, query.state))
  serve(app, api.getTransfer, ({ params }) => findTransfer(database.reads, params.id))
  serve(app, api.sendTransfer, async ({ caller, idempotencyKey, body }) => {
    const { id } = await sendTransfer(database, caller, idempotencyKey, body)
    return findTransfer(database.db, id)
  })
  serve(app, api.receiveTransfer, async ({ caller, idempotencyKey, params, body }) => {
    await receiveTransfer(database, caller, idempotencyKey, { id: params.id, ...body })
    return findTransfer(database.db, params.id)
  })
  serve(app, api.cancelTransfer, async ({ caller, params, body }) => {
    await cancelTransfer(database, caller, { id: params.id, ...body })
    return findTransfer(database.db, params.id)
  })
  serve(app, api.listTransferRequests, () => findTransferRequests(database.reads))
  serve(app, api.askForTransfer, async ({ caller, idempotencyKey, body }) => {
    const { id } = await askForTransfer(database, caller, idempotencyKey, body)
    return findTransferRequest(database.db, id)
  })
  serve(app, api.sendRequestedTransfer, async ({ caller, idempotencyKey, params, body }) => {
    const { id } = await sendRequested(database, caller, idempotencyKey, { ...params, ...body })
    return findTransfer(database.db, id)
  })
  serve(app, api.declineTransferRequest, async ({ caller, params, body }) => {
    await declineTransferRequest(database, caller, { ...params, ...body })
    return findTransferRequest(database.db, params.id)
  })
  serve(app, api.withdrawTransferRequest, async ({ caller, params }) => {
    await withdrawTransferRequest(database, caller, params.id)
    return findTransferRequest(database.db, params.id)
  })
  serve(app, api.cutStrips, ({ caller, idempotencyKey, params, body }) =>
    cutStrips(database, caller, idempotencyKey, { id: params.id, ...body }),
  )
}

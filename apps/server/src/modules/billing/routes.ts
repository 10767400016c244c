import assert from 'node:assert/strict'
import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Caller } from '#kernel/caller'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { inTransaction } from '#kernel/transaction'
import { findDocuments, findStoredDocument } from './find-documents.ts'

/** How long a link to a document works: to open it, not to pass it on. */
export const linkSeconds = 120

/** Mounts the documents of an order, for whose order it is and for the counter. */
export function documentRoutes(app: FastifyInstance, { database, files }: Surroundings): void {
  // Whoever has just packed looks for what was issued then, so these read the writing database.
  const { db } = database
  const link = async (caller: Caller, id: string, personId: string | null) => {
    const { key, number } = await findStoredDocument(db, { id, personId })
    // Nobody gets a document before that is on the audit trail.
    await inTransaction(database, caller, async () => ({ id }))
    const downloadName = `${number.replaceAll('/', '-')}.pdf`
    const url = await files.of('invoices').presignGet(key, { seconds: linkSeconds, downloadName })
    return { url, seconds: linkSeconds }
  }
  serve(app, api.listMyOrderDocuments, async ({ caller, params }) => {
    assert(caller.personId, 'somebody is signed in')
    return { items: await findDocuments(db, { orderId: params.id, personId: caller.personId }) }
  })
  serve(app, api.getMyDocument, ({ caller, params }) => {
    assert(caller.personId, 'somebody is signed in')
    return link(caller, params.id, caller.personId)
  })
  serve(app, api.listOrderDocuments, async ({ params }) => ({
    items: await findDocuments(db, { orderId: params.id, personId: null }),
  }))
  serve(app, api.getDocument, ({ caller, params }) => link(caller, params.id, null))
}

import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import { defaultStore } from '#modules/stock'
import type { Surroundings } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { serve } from '#kernel/serve'
import { inTransaction } from '#kernel/transaction'
import { askForPeriod } from './ask-for-period.ts'
import { fileKey } from './draw-up-period.ts'
import { findDayBook, findLogEntries, findRuns, hasFile } from './find-books.ts'
import { findSeller, findSellers } from './find-seller.ts'
import { recordSeller } from './record-seller.ts'
import { linkSeconds } from './routes.ts'

/** Mounts the books: who sells, the day, the month's return with its files, the edit log. */
export function bookRoutes(app: FastifyInstance, { database, files }: Surroundings): void {
  const { db, reads } = database
  serve(app, api.getSeller, async () => {
    const { id: storeId } = await defaultStore(db)
    const { day } = await findDayBook(db, null)
    const seller = await findSeller(db, storeId, day)
    return { storeId, seller: seller ? toReply(seller) : null }
  })
  serve(app, api.listSellers, async () => {
    const { id: storeId } = await defaultStore(db)
    return { storeId, items: (await findSellers(db, storeId)).map(toReply) }
  })
  serve(app, api.recordSeller, ({ caller, body }) => recordSeller(database, caller, body))
  serve(app, api.getDayBook, ({ query }) => findDayBook(reads, query.day ?? null))
  serve(app, api.listPeriodRuns, async () => ({ items: await findRuns(db) }))
  serve(app, api.askForPeriod, ({ caller, idempotencyKey, body }) =>
    askForPeriod(database, caller, idempotencyKey, body),
  )
  serve(app, api.getPeriodFile, async ({ caller, params, query }) => {
    const { name = '' } = query
    if (!(await hasFile(db, params.id, name))) {
      throw new Refusal('not_found', 'These books have no such file.')
    }
    await inTransaction(database, caller, async () => ({ id: params.id }))
    const how = { seconds: linkSeconds, downloadName: name }
    const url = await files.of('reports').presignGet(fileKey(params.id, name), how)
    return { url, seconds: linkSeconds }
  })
  serve(app, api.listLogEntries, ({ query }) => findLogEntries(reads, query))
}

type Found = NonNullable<Awaited<ReturnType<typeof findSeller>>>

function toReply({ addressLines, drugLicences, ...seller }: Found) {
  return { ...seller, addressLines: [...addressLines], drugLicences: [...drugLicences] }
}

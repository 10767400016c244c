import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import { defaultStore } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { inTransaction } from '#kernel/transaction'
import { checkScan } from './check-scan.ts'
import { exportPrescription, exportSupply } from './export-fhir.ts'
import { findStampedCopy } from './find-stamped-copy.ts'
import { printCutLabel } from './print-cut-label.ts'
import { findPapers, printPaper } from './print-paper.ts'
import { findPicking, isSecondCheckOn } from './second-check.ts'
import { setRule } from './set-rule.ts'

/** Mounts the packing table's scanner and second look, and the papers of what left. */
export function dispensingRoutes(app: FastifyInstance, surroundings: Surroundings): void {
  const { database } = surroundings
  // What was just signed off is printed at once, so these read the writing database.
  const { db } = database
  const storeId = async () => (await defaultStore(db)).id
  serve(app, api.checkScan, ({ caller, params, body }) =>
    checkScan(database, caller, { orderId: params.id, code: body.code }),
  )
  serve(app, api.getPicking, async ({ caller, params }) =>
    findPicking(db, caller, { orderId: params.id, storeId: await storeId() }),
  )
  const rule = async () => ({ isSecondCheckOn: await isSecondCheckOn(db, await storeId()) })
  serve(app, api.getDispensingRule, rule)
  serve(app, api.setDispensingRule, async ({ caller, body }) => {
    await setRule(database, caller, body)
    return rule()
  })
  serve(app, api.getSupply, ({ params }) => findPapers(db, params.id))
  serve(app, api.printCutLabel, ({ params, query }) =>
    printCutLabel(db, { batchId: params.id, units: query.units }),
  )
  serve(app, api.printSupplyPaper, async ({ caller, params, query }) => {
    const { paper, language } = query
    const printed = await printPaper(db, { orderId: params.id, paper, language })
    await noteLooking(caller, params.id)
    return printed
  })
  serve(app, api.getStampedCopy, ({ caller, params, query }) =>
    findStampedCopy(surroundings, caller, { orderId: params.id, file: query.file ?? 1 }),
  )
  serve(app, api.exportPrescription, async ({ caller, params }) => {
    const bundle = await exportPrescription(db, params.id)
    await noteLooking(caller, params.id)
    return bundle
  })
  serve(app, api.exportDispensings, async ({ caller, params }) => {
    const bundle = await exportSupply(db, params.id)
    await noteLooking(caller, params.id)
    return bundle
  })

  /** Nothing is shown before it is on the audit trail who looked. */
  const noteLooking = (caller: Caller, id: string) =>
    inTransaction(database, caller, async () => ({ id }))
}

import { api, listMax, type DrawerNow } from '@janta/contracts'
import assert from 'node:assert/strict'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { closeDrawer } from './close-drawer.ts'
import { findShifts } from './drawer-row.ts'
import { handInCash } from './hand-in-cash.ts'
import type { Reader } from './intent-row.ts'
import { moveCash } from './move-cash.ts'
import { openDrawer } from './open-drawer.ts'
import { recordDoorUpi } from './record-door-upi.ts'
import { findSettings } from './settings.ts'
import { showDoorQr } from './show-door-qr.ts'

const cashOutMax = 200

/** Mounts the drawer and the door. */
export function cashRoutes(app: FastifyInstance, { database }: Surroundings): void {
  const { db, reads } = database
  const shift = async (id: string) => {
    const [found] = await findShifts(db, { id })
    assert(found, 'a shift was written and is not there')
    return found
  }
  serve(app, api.getDoorQr, ({ params }) => showDoorQr(reads, params.id))
  serve(app, api.recordDoorUpi, async ({ caller, params, body }) => {
    await recordDoorUpi(database, caller, { orderId: params.id, ...body })
    return null
  })
  serve(app, api.getDrawer, async () => {
    const [drawers, cashOut, { drawerTolerancePaise }] = await Promise.all([
      findShifts(reads, { open: true }),
      findCashOut(reads),
      findSettings(reads),
    ])
    return { drawer: drawers[0] ?? null, cashOut, tolerancePaise: drawerTolerancePaise }
  })
  serve(app, api.openDrawer, async ({ caller, idempotencyKey, body }) =>
    shift((await openDrawer(database, caller, idempotencyKey, body)).id),
  )
  serve(app, api.moveCash, async ({ caller, idempotencyKey, body }) =>
    shift((await moveCash(database, caller, idempotencyKey, body)).id),
  )
  serve(app, api.handInCash, async ({ caller, idempotencyKey, body }) =>
    shift((await handInCash(database, caller, idempotencyKey, body)).id),
  )
  serve(app, api.closeDrawer, async ({ caller, idempotencyKey, body }) =>
    shift((await closeDrawer(database, caller, idempotencyKey, body)).id),
  )
  serve(app, api.listShifts, async ({ query }) => ({
    items: await findShifts(reads, { closed: query.limit ?? listMax }),
  }))
}

async function findCashOut(db: Reader): Promise<DrawerNow['cashOut']> {
  const { rows } = await sql<{ orderId: string; amountPaise: number; collectedAt: Date }>`
    select order_id as "orderId", amount_paise as "amountPaise", decided_at as "collectedAt"
    from payments.door_due where state = 'cash' and shift_id is null
    order by decided_at, order_id limit ${cashOutMax}`.execute(db)
  return rows.map(row => ({ ...row, collectedAt: row.collectedAt.toISOString() }))
}

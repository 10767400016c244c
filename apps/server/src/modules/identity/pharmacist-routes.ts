import assert from 'node:assert/strict'
import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { endDuty } from './end-duty.ts'
import { endRegistration } from './end-registration.ts'
import { findDutyNow, findOnDuty } from './find-duty.ts'
import { findRegistration, findRegistrations, findUnregistered } from './find-registrations.ts'
import { registerPharmacist } from './register-pharmacist.ts'
import { startDuty } from './start-duty.ts'

/** Mounts registrations with the pharmacy council and the turns of duty. */
export function pharmacistRoutes(app: FastifyInstance, { database }: Surroundings): void {
  const { db } = database
  const registered = async ({ id }: { id: string }) => {
    const found = await findRegistration(db, id)
    assert(found, 'a registration just written is there')
    return found
  }
  const dutyOf = (personId: string | null) => {
    assert(personId, 'the endpoint is for people who are signed in')
    return findDutyNow(db, personId)
  }
  serve(app, api.listPharmacists, async () => ({
    items: await findRegistrations(db),
    unregistered: await findUnregistered(db),
    onDuty: await findOnDuty(db, null),
  }))
  serve(app, api.registerPharmacist, async ({ caller, idempotencyKey, body }) =>
    registered(await registerPharmacist(database, caller, idempotencyKey, body)),
  )
  serve(app, api.endRegistration, async ({ caller, params, body }) =>
    registered(await endRegistration(database, caller, { id: params.id, reason: body.reason })),
  )
  serve(app, api.getDuty, ({ caller }) => dutyOf(caller.personId))
  serve(app, api.startDuty, async ({ caller, body }) => {
    await startDuty(database, caller, body.hours)
    return dutyOf(caller.personId)
  })
  serve(app, api.endDuty, async ({ caller }) => {
    await endDuty(database, caller)
    return dutyOf(caller.personId)
  })
}

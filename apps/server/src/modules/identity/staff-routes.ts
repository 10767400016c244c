import assert from 'node:assert/strict'
import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { endStaffSessions } from './end-staff-sessions.ts'
import { findRoleChanges } from './find-role-changes.ts'
import { findStaff } from './find-staff.ts'
import { openKeptSessions } from './kept-sessions.ts'
import { setStaff } from './set-staff.ts'
import { setStaffRoles } from './set-staff-roles.ts'

/** Mounts who works here: roles given and taken, and signing a colleague out. */
export function staffRoutes(app: FastifyInstance, surroundings: Surroundings): void {
  const { database } = surroundings
  const keeping = { database, sessions: openKeptSessions(surroundings) }
  const shown = async ({ id }: { id: string }) => {
    const [found] = await findStaff(database.db, id)
    assert(found, 'a colleague just changed is there')
    return found
  }
  serve(app, api.listStaff, async () => ({ items: await findStaff(database.db) }))
  serve(app, api.setStaff, async ({ caller, body }) => shown(await setStaff(keeping, caller, body)))
  serve(app, api.setStaffRoles, async ({ caller, params, body }) =>
    shown(await setStaffRoles(keeping, caller, { personId: params.id, roles: body.roles })),
  )
  serve(app, api.listRoleChanges, async () => ({ items: await findRoleChanges(database.db) }))
  serve(app, api.endStaffSessions, async ({ caller, params }) =>
    shown(await endStaffSessions(keeping, caller, params.id)),
  )
}

import assert from 'node:assert/strict'
import { api, type Patient } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { serve } from '#kernel/serve'
import { addPatient } from './add-patient.ts'
import { changePatient } from './change-patient.ts'
import { findPatient, findPatients } from './find-patients.ts'
import { forgetPatient } from './forget-patient.ts'

/** What stays after a profile is erased, and why: the answer to "delete me" names each record and its law. */
const kept = [
  { record: 'supply', law: 'Pharmacy Practice Regulations 2015, 6.2', years: 5 },
  { record: 'consent', law: 'Digital Personal Data Protection Act 2023, 6(10)', years: 7 },
] as const

/** Mounts the profiles of the people an account orders for. */
export function patientRoutes(app: FastifyInstance, { database }: Surroundings): void {
  const { reads } = database
  serve(app, api.listPatients, async ({ caller }) => ({
    items: await findPatients(reads, ownerOf(caller)),
  }))
  const written = async (caller: { personId: string | null }, id: string): Promise<Patient> => {
    const patient = await findPatient(reads, ownerOf(caller), id)
    assert(patient, 'what was just written is there')
    return patient
  }
  serve(app, api.addPatient, async ({ caller, idempotencyKey, body }) => {
    const { id } = await addPatient(database, caller, idempotencyKey, body)
    return written(caller, id)
  })
  serve(app, api.changePatient, async ({ caller, params, body }) => {
    await changePatient(database, caller, params.id, body)
    return written(caller, params.id)
  })
  serve(app, api.forgetPatient, async ({ caller, params }) => {
    await forgetPatient(database, caller, params.id)
    return { kept: [...kept] }
  })
}

function ownerOf({ personId }: { personId: string | null }): string {
  assert(personId, 'the endpoint is for people who are signed in')
  return personId
}

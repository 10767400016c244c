import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Endpoint } from '@janta/contracts'
import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import { addPrescriptionPack, openFor } from './rx-desk-for-tests.ts'
import { api, type Browser } from './web-for-tests.ts'

/** Bodies the pharmacists' and the review desk's declarations accept, so that a refusal is the permission's. */
export const rxDeskBodies: Record<string, object> = {
  registerPharmacist: {
    personId: randomUUID(),
    storeId: randomUUID(),
    fullName: 'P. Sample',
    registrationNumber: 'S-1',
    council: 'Sample Council',
    qualification: 'B. Pharm.',
    validFrom: '2026-01-01',
    validUpto: '2030-01-01',
  },
  endRegistration: { reason: 'Left' },
  setStaffRoles: { roles: ['pharmacist'] },
  setStaff: { mobile: '9000000001', name: 'P. Sample', roles: ['pharmacist'] },
  startDuty: { hours: 8 },
  claimReview: { takeOver: false },
  saveReview: { version: 1, prescriptions: [], lines: [] },
  decideReview: { version: 1, overrides: [] },
  askCustomer: { code: 'patient_age', words: null },
  viewReviewPage: { uploadId: randomUUID(), page: 1 },
  prepareReviewPage: { uploadId: randomUUID(), page: 1 },
  revokePrescription: { reason: 'Misread' },
  setStoreRule: { chronicDays: 30, acuteDays: 7, repeatGraceDays: 0, targetMinutes: 30 },
  answerQuestion: { answer: '52' },
}

/** How a stranger tries for what a pharmacist asked a customer. */
export function triesForQuestions(
  database: () => Database,
  as: (who: 'customer' | 'stranger') => Browser,
  notFound: (endpoint: Endpoint, request: object) => Promise<void>,
): Record<string, () => Promise<unknown>> {
  const ask = async () => {
    const { person } = (await as('customer').send(api.getMe)).json()
    const packId = await addPrescriptionPack(database())
    const { reviewId } = await openFor(database(), [{ packId, packs: 1 }], { personId: person.id })
    const id = randomUUID()
    await sql`
      insert into prescriptions.review_question (id, review_id, code, asked_by)
      values (${id}, ${reviewId}, 'patient_age', ${randomUUID()})`.execute(database().db)
    return id
  }
  return {
    listMyQuestions: async () => {
      const id = await ask()
      const mine = (await as('customer').send(api.listMyQuestions)).json()
      assert.ok(mine.items.some((one: { id: string }) => one.id === id))
      assert.deepEqual((await as('stranger').send(api.listMyQuestions)).json().items, [])
    },
    answerQuestion: async () => {
      await notFound(api.answerQuestion, { params: { id: await ask() }, body: { answer: '52' } })
    },
  }
}

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { consentVersionNow, type Endpoint } from '@janta/contracts'
import { api, type Browser } from './web-for-tests.ts'

const patientBody = {
  relation: 'self',
  name: 'Sample',
  birthMonth: '1980-01',
  sex: null,
  allergies: null,
  medicines: [],
  consent: { textVersion: consentVersionNow, language: 'en', givenAs: 'self' },
}

/** A file of nobody. */
export const oneFile = { uploadIds: [randomUUID()] }

/** A body each endpoint of uploads and patients accepts. */
export const uploadBodies: Record<string, object> = {
  startUploadSession: {},
  requestUpload: { contentType: 'image/jpeg' },
  viewMyUpload: { page: 1 },
  addPatient: patientBody,
  changePatient: patientBody,
}

type NotFound = (endpoint: Endpoint, request: object) => Promise<void>

/** How a stranger tries for a customer's files and profiles; `as` answers who is signed in when it is asked. */
export function triesForUploads(
  as: (who: 'customer' | 'stranger') => Browser,
  notFound: NotFound,
): Record<string, () => Promise<unknown>> {
  const own = customersOwn(() => as('customer'))
  const idempotencyKey = randomUUID()
  const seesNothing = async (endpoint: Endpoint) => {
    await own()
    assert.deepEqual((await as('stranger').send(endpoint)).json().items, [])
  }
  const finds =
    (endpoint: Endpoint, thing: 'session' | 'upload' | 'patient', more = {}) =>
    async () =>
      notFound(endpoint, { params: { id: (await own())[thing] }, ...more })
  return {
    startUploadSession: async () => {
      const body = { patientId: (await own()).patient }
      await notFound(api.startUploadSession, { idempotencyKey, body })
    },
    listMyUploadSessions: () => seesNothing(api.listMyUploadSessions),
    getMyUploadSession: finds(api.getMyUploadSession, 'session'),
    requestUpload: finds(api.requestUpload, 'session', {
      idempotencyKey,
      body: uploadBodies.requestUpload,
    }),
    finishUpload: finds(api.finishUpload, 'upload'),
    withdrawUpload: finds(api.withdrawUpload, 'upload'),
    viewMyUpload: finds(api.viewMyUpload, 'upload', { body: uploadBodies.viewMyUpload }),
    listPatients: () => seesNothing(api.listPatients),
    addPatient: async () => {
      await own()
      const request = { idempotencyKey, body: patientBody }
      assert.equal((await as('stranger').send(api.addPatient, request)).statusCode, 201)
      assert.equal((await as('customer').send(api.listPatients)).json().items.length, 1)
    },
    changePatient: finds(api.changePatient, 'patient', { body: patientBody }),
    forgetPatient: finds(api.forgetPatient, 'patient'),
  }
}

/** A session, a file and a profile of the customer's, made when the first of them is tried for. */
function customersOwn(customer: () => Browser) {
  const make = async () => {
    const asked = async (endpoint: Endpoint, request: object) => {
      const answer = await customer().send(endpoint, { idempotencyKey: randomUUID(), ...request })
      assert.equal(answer.statusCode, 201, answer.body)
      return answer.json().id as string
    }
    const session = await asked(api.startUploadSession, { body: {} })
    const body = uploadBodies.requestUpload
    const upload = await asked(api.requestUpload, { params: { id: session }, body })
    return { session, upload, patient: await asked(api.addPatient, { body: patientBody }) }
  }
  let made: ReturnType<typeof make> | undefined
  return () => (made ??= make())
}

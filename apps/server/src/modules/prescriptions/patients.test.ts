import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { consentVersionNow, type PatientBody, patientsMax } from '@janta/contracts'
import { sql } from 'kysely'
import { personCaller } from '#test/shelf-for-tests'
import type { Caller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { addPatient } from './add-patient.ts'
import { changePatient } from './change-patient.ts'
import { findPatient, findPatients } from './find-patients.ts'
import { forgetPatient } from './forget-patient.ts'
import { ageOn, isChildOn } from './patient-rules.ts'
import { startUploadSession } from './start-upload-session.ts'

let shop: TestDatabase
before(async () => {
  shop = await testDatabase()
})
after(() => shop.close())

const agreed = (givenAs: PatientBody['consent']['givenAs']) => ({
  textVersion: consentVersionNow,
  language: 'hi' as const,
  givenAs,
})
const grown: PatientBody = {
  relation: 'self',
  name: ' Sample Person ',
  birthMonth: '1980-04',
  sex: 'female',
  allergies: [
    { class: 'penicillins', words: 'Amoxicillin: rash' },
    { class: null, words: 'Peanuts' },
  ],
  medicines: [{ medicineId: null, words: 'Sample 500 mg in the morning' }],
  consent: agreed('self'),
}
const child = (birthMonth: string): PatientBody => ({
  ...grown,
  relation: 'child',
  name: 'Sample Child',
  birthMonth,
  allergies: null,
  medicines: [],
  consent: agreed('guardian'),
})
const add = async (caller: Caller, body: PatientBody, key: string = randomUUID()) =>
  (await addPatient(shop.database, caller, key, body)).id
const refuses = (asking: Promise<unknown>, code: string) =>
  assert.rejects(asking, error => error instanceof Refusal && error.code === code)

test('somebody is a child until every day of the birth month is past', () => {
  assert.equal(ageOn('2008-11', '2026-11-29'), 17)
  assert.equal(ageOn('2008-11', '2026-11-30'), 18)
  assert.equal(isChildOn('2008-11', '2026-11-29'), true)
  assert.equal(isChildOn('2008-11', '2026-11-30'), false)
  assert.equal(ageOn('2008-02', '2026-02-28'), 17)
  assert.equal(ageOn('2008-02', '2026-03-01'), 18)
  assert.equal(ageOn('2026-11', '2026-11-02'), 0)
})

test('a profile is kept as it was said, with the text that was agreed to', async () => {
  const caller = personCaller()
  const key = randomUUID()
  const id = await add(caller, grown, key)
  assert.equal(await add(caller, grown, key), id)
  const found = await findPatient(shop.database.db, caller.personId!, id)
  assert.ok(found)
  assert.deepEqual(
    [found.name, found.birthMonth, found.isChild, found.allergies, found.medicines],
    ['Sample Person', '1980-04', false, grown.allergies, grown.medicines],
  )
  assert.deepEqual(
    [found.consent.givenAs, found.consent.textVersion, found.consent.language],
    ['self', consentVersionNow, 'hi'],
  )
})

test('no allergies known is another thing than nobody asked', async () => {
  const caller = personCaller()
  const none = await add(caller, { ...grown, allergies: [] })
  const unasked = await add(caller, child('2020-01'))
  const { db } = shop.database
  assert.deepEqual((await findPatient(db, caller.personId!, none))?.allergies, [])
  assert.equal((await findPatient(db, caller.personId!, unasked))?.allergies, null)
})

test('a child needs a parent or guardian, an account somebody grown, everybody the text as it is today', async () => {
  const caller = personCaller()
  const { database } = shop
  await refuses(
    add(caller, { ...child('2015-06'), consent: agreed('for_adult') }),
    'guardian_consent_needed',
  )
  await refuses(add(caller, { ...child('2015-06'), relation: 'self' }), 'holder_under_age')
  await refuses(add(caller, { ...grown, consent: agreed('guardian') }), 'consent_needed')
  await refuses(
    add(caller, { ...grown, relation: 'parent', consent: agreed('self') }),
    'consent_needed',
  )
  const old = { ...grown.consent, textVersion: '2020-01-01' }
  await refuses(add(caller, { ...grown, consent: old }), 'consent_needed')
  for (const birthMonth of ['2999-01', '1850-01', '2000-13', '2026-12']) {
    await refuses(add(caller, { ...grown, birthMonth }), 'birth_month_invalid')
  }
  assert.deepEqual(await findPatients(database.db, caller.personId!), [])
  const id = await add(caller, child('2015-06'))
  assert.equal((await findPatient(database.db, caller.personId!, id))?.isChild, true)
})

test('a child grown up is to be asked in person', async () => {
  const caller = personCaller()
  const id = await add(caller, child('2015-06'))
  await shop.moveClock('10 years')
  const found = await findPatient(shop.database.db, caller.personId!, id)
  assert.deepEqual([found?.isChild, found?.consent.isOutgrown], [false, true])
  await changePatient(shop.database, caller, id, {
    ...child('2015-06'),
    consent: agreed('for_adult'),
  })
  const asked = await findPatient(shop.database.db, caller.personId!, id)
  assert.equal(asked?.consent.isOutgrown, false)
  await shop.moveClock('0 seconds')
})

test('"myself" is one profile, and twelve are enough', async () => {
  const caller = personCaller()
  await add(caller, grown)
  await refuses(add(caller, grown), 'patient_self_exists')
  for (let kept = 1; kept < patientsMax; kept++) await add(caller, child('2018-01'))
  await refuses(add(caller, child('2018-01')), 'patient_limit_reached')
})

test('another person finds, changes and forgets nothing, nor sends a prescription for it', async () => {
  const caller = personCaller()
  const stranger = personCaller()
  const id = await add(caller, grown)
  assert.equal(await findPatient(shop.database.db, stranger.personId!, id), undefined)
  await refuses(changePatient(shop.database, stranger, id, grown), 'not_found')
  await refuses(forgetPatient(shop.database, stranger, id), 'not_found')
  const sending = startUploadSession(shop.database, stranger, randomUUID(), { patientId: id })
  await refuses(sending, 'not_found')
  await startUploadSession(shop.database, caller, randomUUID(), { patientId: id })
})

test('taking the consent back erases the profile at once; that there was one stays without a name', async () => {
  const caller = personCaller()
  const id = await add(caller, grown)
  await forgetPatient(shop.database, caller, id)
  await refuses(forgetPatient(shop.database, caller, id), 'not_found')
  const { rows } = await sql`
    select name, birth_month, sex, (select count(*)::integer from prescriptions.patient_allergy
        where patient_id = patient.id) as allergies,
      (select count(*)::integer from prescriptions.patient_medicine where patient_id = patient.id) as medicines,
      (select array_agg(act order by id) from prescriptions.patient_consent where patient_id = patient.id) as acts
    from prescriptions.patient where id = ${id}`.execute(shop.database.db)
  assert.deepEqual(rows, [
    {
      name: null,
      birth_month: null,
      sex: null,
      allergies: 0,
      medicines: 0,
      acts: ['given', 'withdrawn'],
    },
  ])
  await add(caller, grown)
})

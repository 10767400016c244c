import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { addDays, dayOf } from '#kernel/day'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { personCaller } from '#test/shelf-for-tests'
import { assertRegisteredOnDuty } from './assert-registered-on-duty.ts'
import { endDuty } from './end-duty.ts'
import { endRegistration } from './end-registration.ts'
import { findDutyNow, findOnDuty } from './find-duty.ts'
import { registerPharmacist } from './register-pharmacist.ts'
import { startDuty } from './start-duty.ts'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
})
after(() => own.close())

const administrator = personCaller()
const storeId = randomUUID()
const today = dayOf(new Date())
let people = 0

/** Somebody with the pharmacist's role, and a registration to enter for her. */
async function newPharmacist() {
  people += 1
  const personId = randomUUID()
  const mobile = `+9190000010${String(people).padStart(2, '0')}`
  await sql`
    with person as (
      insert into identity.person (id, mobile, name) values (${personId}, ${mobile}, 'P. Sample') returning id
    )
    insert into identity.role_grant (id, person_id, role) select ${randomUUID()}, ${personId}, 'pharmacist'`.execute(
    own.database.db,
  )
  const registration = {
    personId,
    storeId,
    fullName: 'P. Sample',
    registrationNumber: `S-${people}`,
    council: 'Sample Council',
    qualification: 'B. Pharm.',
    validFrom: addDays(today, -10),
    validUpto: addDays(today, 100),
  }
  return { caller: personCaller(personId), registration }
}

const register = (registration: Awaited<ReturnType<typeof newPharmacist>>['registration']) =>
  registerPharmacist(own.database, administrator, randomUUID(), registration)
const answers = (caller: Caller, at = storeId) =>
  inTransaction(own.database, caller, tx => assertRegisteredOnDuty(tx, caller, at))

test('only who is registered for this store and on duty there answers for a prescription', async () => {
  const { caller, registration } = await newPharmacist()
  await assert.rejects(answers(caller), { code: 'pharmacist_not_registered' })
  await assert.rejects(startDuty(own.database, caller, 8), { code: 'pharmacist_not_registered' })
  await register(registration)
  await assert.rejects(answers(caller), { code: 'pharmacist_not_on_duty' })
  await startDuty(own.database, caller, 8)
  assert.equal((await answers(caller)).number, registration.registrationNumber)
  await assert.rejects(answers(caller, randomUUID()), { code: 'pharmacist_not_registered' })
  const now = await findDutyNow(own.database.db, caller.personId!)
  assert.equal(now.mine?.personId, caller.personId)
  await endDuty(own.database, caller)
  await assert.rejects(answers(caller), { code: 'pharmacist_not_on_duty' })
})

test('duty ends by itself at its hour, and a new turn begins anew', async () => {
  const { caller, registration } = await newPharmacist()
  await register(registration)
  await startDuty(own.database, caller, 8)
  await own.moveClock('8 hours 1 second')
  await assert.rejects(answers(caller), { code: 'pharmacist_not_on_duty' })
  assert.deepEqual(await findOnDuty(own.database.db, storeId), [])
  await startDuty(own.database, caller, 1)
  await answers(caller)
  await own.moveClock('0')
})

test('a registration that ran out or was ended carries nobody', async () => {
  const { caller, registration } = await newPharmacist()
  const { id } = await register({ ...registration, validUpto: addDays(today, 5) })
  await startDuty(own.database, caller, 12)
  await own.moveClock('6 days')
  await assert.rejects(answers(caller), { code: 'pharmacist_not_registered' })
  await own.moveClock('0')
  await answers(caller)
  const ending = { id, reason: 'Left the store' }
  await endRegistration(own.database, administrator, ending)
  await assert.rejects(answers(caller), { code: 'pharmacist_not_registered' })
  await assert.rejects(endRegistration(own.database, administrator, ending), {
    code: 'registration_invalid',
  })
  await register({ ...registration, registrationNumber: 'S-NEW' })
})

test('a person and a number are registered once, however the number is spaced', async () => {
  const [one, other] = [await newPharmacist(), await newPharmacist()]
  const key = randomUUID()
  const enter = () => registerPharmacist(own.database, administrator, key, one.registration)
  assert.deepEqual(await enter(), await enter())
  await assert.rejects(register({ ...one.registration, registrationNumber: 'S-77' }), {
    code: 'registration_exists',
  })
  const same = one.registration.registrationNumber.replace('-', ' - ').toLowerCase()
  await assert.rejects(
    register({ ...other.registration, registrationNumber: same, council: 'SAMPLE COUNCIL' }),
    { code: 'registration_exists' },
  )
  await assert.rejects(register({ ...other.registration, validUpto: '2026-02-31' }), {
    code: 'registration_invalid',
  })
  await assert.rejects(register({ ...other.registration, personId: randomUUID() }), {
    code: 'not_found',
  })
})

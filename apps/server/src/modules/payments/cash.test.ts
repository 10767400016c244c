import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { personCaller } from '#test/shelf-for-tests'
import { closeDrawer } from './close-drawer.ts'
import {
  assertCashOffered,
  collectAtDoor,
  expectAtDoor,
  findCashTerms,
  findDoorDues,
  refuseAtDoor,
} from './door.ts'
import { findShifts } from './drawer-row.ts'
import { handInCash } from './hand-in-cash.ts'
import { moveCash } from './move-cash.ts'
import { openDrawer } from './open-drawer.ts'
import { recordDoorUpi } from './record-door-upi.ts'
import { showDoorQr } from './show-door-qr.ts'
import { upiIntent, upiReference } from './upi-intent.ts'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
})
after(() => own.close())

const asha = personCaller()
const due = async (amountPaise: number, personId: string = randomUUID()) => {
  const orderId = randomUUID()
  await inTransaction(own.database, asha, tx =>
    expectAtDoor(tx, asha, { orderId, personId, amountPaise }),
  )
  return orderId
}
const collect = (orderId: string, cashPaise: number) =>
  inTransaction(own.database, asha, tx => collectAtDoor(tx, asha, { orderId, cashPaise }))
const stateOf = async (orderId: string) =>
  (await findDoorDues(own.database.db, [orderId])).get(orderId)?.state
const key = () => randomUUID()
const openShift = (floatPaise = 200_000) => openDrawer(own.database, asha, key(), { floatPaise })
/** So many notes and coins as make up the amount, the largest first. */
const countOf = (paise: number) => {
  let left = paise
  return [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100].map(denominationPaise => {
    const pieces = Math.floor(left / denominationPaise)
    left -= pieces * denominationPaise
    return { denominationPaise, pieces }
  })
}
const closeWith = (paise: number, varianceReason?: string) =>
  closeDrawer(own.database, asha, key(), {
    counts: countOf(paise),
    ...(varianceReason && { varianceReason }),
  })

test('what is due at the door is collected to the paisa, once', async () => {
  const orderId = await due(45_000)
  await assert.rejects(collect(orderId, 44_900), { code: 'conflict' })
  await collect(orderId, 45_000)
  await collect(orderId, 45_000)
  assert.equal(await stateOf(orderId), 'cash')
  await assert.rejects(collect(randomUUID(), 100), { code: 'not_found' })
})

test('a shift: float, a rider’s cash, a payout, counted note by note', async () => {
  const { id } = await openShift()
  await assert.rejects(openShift(), { code: 'drawer_open_already' })
  const orders = [await due(45_000), await due(30_500)]
  for (const [index, orderId] of orders.entries()) await collect(orderId, [45_000, 30_500][index]!)
  const handIn = (countedPaise: number) =>
    handInCash(own.database, asha, key(), { orderIds: orders, countedPaise })
  await assert.rejects(handIn(75_400), { code: 'drawer_count_differs' })
  await handIn(75_500)
  await assert.rejects(handIn(75_500), { code: 'not_found' })
  const payout = { kind: 'payout', amountPaise: 5_500, note: 'Courier' } as const
  const once = key()
  await moveCash(own.database, asha, once, payout)
  await moveCash(own.database, asha, once, payout)
  await assert.rejects(moveCash(own.database, asha, key(), { ...payout, amountPaise: 1_000_000 }), {
    code: 'drawer_count_differs',
  })
  assert.equal((await findShifts(own.database.db, { open: true }))[0]!.expectedPaise, 270_000)
  await assert.rejects(closeWith(260_000), { code: 'reason_needed' })
  await closeWith(260_000, 'One note was torn and not taken')
  const [shift] = await findShifts(own.database.db, { id })
  assert.deepEqual(
    [shift!.expectedPaise, shift!.countedPaise, shift!.varianceReason],
    [270_000, 260_000, 'One note was torn and not taken'],
  )
  await assert.rejects(moveCash(own.database, asha, key(), payout), { code: 'drawer_not_open' })
})

test('a small difference needs no words, and no note is counted twice or made up', async () => {
  await openShift(100_000)
  for (const counts of [
    [{ denominationPaise: 200_000, pieces: 1 }],
    [
      { denominationPaise: 10_000, pieces: 5 },
      { denominationPaise: 10_000, pieces: 5 },
    ],
  ]) {
    await assert.rejects(closeDrawer(own.database, asha, key(), { counts }), {
      code: 'drawer_count_differs',
    })
  }
  await closeWith(99_500)
})

test('many riders hand in at once: every order’s cash enters one drawer once', async () => {
  const { id } = await openShift(0)
  const orders = await Promise.all(Array.from({ length: 12 }, () => due(10_000)))
  for (const orderId of orders) await collect(orderId, 10_000)
  const tried = await Promise.allSettled(
    [...orders, ...orders].map(orderId =>
      handInCash(own.database, asha, key(), { orderIds: [orderId], countedPaise: 10_000 }),
    ),
  )
  assert.equal(tried.filter(one => one.status === 'fulfilled').length, 12)
  assert.equal((await findShifts(own.database.db, { id }))[0]!.expectedPaise, 120_000)
  await closeWith(120_000)
})

test('a UPI payment at the door is verified by its bank number, which pays one order only', async () => {
  const [first, second] = [await due(12_000), await due(12_000)]
  const upi = (orderId: string, bankReference = '412345678901') =>
    recordDoorUpi(own.database, asha, { orderId, bankReference })
  await upi(first)
  await upi(first)
  await assert.rejects(upi(second), { code: 'bank_reference_used' })
  await assert.rejects(upi(first, '412345678902'), { code: 'payment_state_forbids' })
  await assert.rejects(collect(first, 12_000), { code: 'conflict' })
  await collect(first, 0)
  assert.equal(await stateOf(first), 'upi')
  const others = await Promise.all(Array.from({ length: 6 }, () => due(9_000)))
  const raced = await Promise.allSettled(others.map(orderId => upi(orderId, '499999999999')))
  assert.equal(raced.filter(one => one.status === 'fulfilled').length, 1)
  const { rows } = await sql<{ paid: number }>`
    select count(*)::integer as paid from payments.door_due where bank_reference = '499999999999'`.execute(
    own.database.db,
  )
  assert.equal(rows[0]!.paid, 1)
})

test('cash is offered below the cap, for nothing cold, and not after orders refused at the door', async () => {
  const personId = randomUUID()
  const ask = async (totalPaise: number, hasColdChain = false) => {
    const terms = await findCashTerms(own.database.db, personId)
    assertCashOffered(terms, { totalPaise, hasColdChain })
  }
  await ask(250_000)
  await assert.rejects(ask(250_001), { code: 'cash_limit_exceeded' })
  await assert.rejects(ask(100, true), { code: 'cash_not_offered' })
  for (let refused = 1; refused <= 3; refused++) {
    await ask(100)
    const orderId = await due(5_000, personId)
    await inTransaction(own.database, asha, tx => refuseAtDoor(tx, asha, orderId))
    assert.equal(await stateOf(orderId), 'refused')
  }
  await assert.rejects(ask(100), { code: 'cash_not_offered' })
  await own.moveClock('190 days')
  await ask(100)
  await own.moveClock('0')
})

test('the QR code asks for exactly what is due, into the pharmacy’s own account', async () => {
  const orderId = await due(123_405)
  await assert.rejects(showDoorQr(own.database.db, orderId), { code: 'payment_unavailable' })
  await sql`
    update payments.setting set upi_payee_address = 'janta.sample@examplebank', upi_payee_name = 'Janta & Co'`.execute(
    own.database.db,
  )
  const { intent, svg, reference } = await showDoorQr(own.database.db, orderId)
  assert.equal(
    intent,
    `upi://pay?pa=janta.sample@examplebank&pn=Janta%20%26%20Co&tr=${reference}&am=1234.05&cu=INR`,
  )
  assert.match(svg, /^<svg/)
  assert.match(reference, /^JP[0-9a-f]{32}$/)
  await collect(orderId, 123_405)
  await assert.rejects(showDoorQr(own.database.db, orderId), { code: 'payment_state_forbids' })
})

test('a UPI amount is the paise it was, whatever they are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000_00 }), amountPaise => {
      const link = upiIntent({
        payeeAddress: 'a@b',
        payeeName: 'A',
        amountPaise,
        reference: upiReference(randomUUID()),
      })
      const written = new URL(link).searchParams.get('am') ?? ''
      assert.match(written, /^\d+\.\d{2}$/)
      assert.equal(BigInt(written.replace('.', '')), BigInt(amountPaise))
    }),
  )
})

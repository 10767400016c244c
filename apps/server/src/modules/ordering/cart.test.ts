import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type Caller, systemCaller } from '#kernel/caller'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { addLots, addPack, personCaller } from '#test/shelf-for-tests'
import { cartLinesMax, cartVersion, changeSince } from './cart-rules.ts'
import { claimCart } from './claim-cart.ts'
import { findCart } from './find-cart.ts'
import { forgetGuestCarts } from './forget-guest-carts.ts'
import { assertCashAllowed, totalOf } from './order-total.ts'
import { putCartLine } from './put-cart-line.ts'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
})
after(() => own.close())

const nobody = systemCaller('test')
const guestWith = (cartToken: string): Caller => ({ ...nobody, cartToken })
const put = (caller: Caller, packId: string, quantity: number) =>
  putCartLine(own.database, caller, { packId, quantity })
const seen = async (caller: Caller) =>
  Object.fromEntries(
    (await findCart(own.database.reads, caller, 'en')).lines.map(line => [
      line.medicine.id,
      line.quantity,
    ]),
  )
const guestCart = async (packId: string, quantity: number) => {
  const { newToken } = await put(nobody, packId, quantity)
  assert.ok(newToken)
  return guestWith(newToken)
}
const claim = (token: string | null, personId: string) =>
  inTransaction(own.database, nobody, tx => claimCart(tx, token, personId))

test('a guest is given a cart of her own; only the hash of its token is kept', async () => {
  const packId = await addPack(own.database)
  const guest = await guestCart(packId, 2)
  assert.deepEqual(await seen(guest), { [packId]: 2 })
  assert.equal((await put(guest, packId, 5)).newToken, null)
  assert.deepEqual(await seen(guest), { [packId]: 5 })
  const { rows } = await sql<{ kept: boolean }>`
    select token_hash = sha256(convert_to(${guest.cartToken}, 'UTF8')) as kept from ordering.cart
    where token_hash is not null`.execute(own.database.db)
  assert.ok(rows.some(row => row.kept))
})

test('a token the browser made up is never taken over', async () => {
  const packId = await addPack(own.database)
  const forged = guestWith('f'.repeat(43))
  const { newToken } = await put(forged, packId, 1)
  assert.ok(newToken && newToken !== forged.cartToken)
  assert.deepEqual(await seen(forged), {})
})

test('zero takes a line out, and an empty cart cannot be checked out', async () => {
  const packId = await addPack(own.database)
  await addLots(own.database, [{ packId, packs: 5 }])
  const caller = personCaller()
  await put(caller, packId, 3)
  assert.equal((await findCart(own.database.reads, caller, 'en')).mayCheckOut, true)
  await put(caller, packId, 0)
  const cart = await findCart(own.database.reads, caller, 'en')
  assert.deepEqual([cart.lines.length, cart.mayCheckOut, cart.itemsPaise], [0, false, 0])
})

test('two first lines put at once land in one cart', async () => {
  const caller = personCaller()
  const packIds = [await addPack(own.database), await addPack(own.database)]
  await Promise.all(packIds.map(packId => put(caller, packId, 1)))
  assert.equal(Object.keys(await seen(caller)).length, 2)
})

test('an unknown medicine and a fifty-first line are refused', async () => {
  const caller = personCaller()
  await assert.rejects(put(caller, randomUUID(), 1), { code: 'not_found' })
  for (let line = 1; line <= cartLinesMax; line++) await put(caller, await addPack(own.database), 1)
  await assert.rejects(put(caller, await addPack(own.database), 1), { code: 'quantity_invalid' })
  assert.equal(Object.keys(await seen(caller)).length, cartLinesMax)
})

test('at sign-in the guest cart becomes the person’s, and its token is worth nothing', async () => {
  const packId = await addPack(own.database)
  const guest = await guestCart(packId, 2)
  const person = personCaller()
  await claim(guest.cartToken, person.personId!)
  assert.deepEqual(await seen(person), { [packId]: 2 })
  assert.deepEqual(await seen(guest), {})
  await claim(null, person.personId!)
  await claim(guest.cartToken, randomUUID())
  assert.deepEqual(await seen(person), { [packId]: 2 })
})

test('two carts become one: quantities are added up to the limit of a line, lines to the limit of a cart', async () => {
  const [both, mine, theirs] = [
    await addPack(own.database),
    await addPack(own.database),
    await addPack(own.database),
  ]
  const person = personCaller()
  await put(person, both, 60)
  await put(person, mine, 1)
  const guest = await guestCart(both, 50)
  await put(guest, theirs, 4)
  await claim(guest.cartToken, person.personId!)
  assert.deepEqual(await seen(person), { [both]: 99, [mine]: 1, [theirs]: 4 })

  const full = personCaller()
  await put(full, both, 1)
  for (let line = 2; line < cartLinesMax; line++) await put(full, await addPack(own.database), 1)
  const late = await guestCart(theirs, 1)
  await put(late, mine, 1)
  await put(late, both, 1)
  await claim(late.cartToken, full.personId!)
  const merged = await seen(full)
  assert.equal(Object.keys(merged).length, cartLinesMax)
  assert.equal(merged[both], 2)
  assert.equal(merged[theirs], 1)
})

test('guests’ carts are forgotten when their cookie has ended, people’s are kept', async () => {
  const packId = await addPack(own.database)
  const guest = await guestCart(packId, 1)
  const person = personCaller()
  await put(person, packId, 1)
  await own.moveClock('29 days')
  await forgetGuestCarts(own.database)
  assert.deepEqual(await seen(guest), { [packId]: 1 })
  await own.moveClock('31 days')
  await forgetGuestCarts(own.database)
  assert.deepEqual(await seen(guest), {})
  assert.deepEqual(await seen(person), { [packId]: 1 })
  await own.moveClock('0')
})

test('the version of a cart tells a changed cart from a changed price', () => {
  const line = { packId: 'a', quantity: 1, pricePaise: 100 }
  const other = { packId: 'b', quantity: 1, pricePaise: 100 }
  const version = cartVersion('cart', [line, other])
  assert.equal(changeSince(version, cartVersion('cart', [other, line])), null)
  assert.equal(
    changeSince(version, cartVersion('cart', [{ ...line, pricePaise: 99 }, other])),
    'price',
  )
  assert.equal(changeSince(version, cartVersion('cart', [{ ...line, quantity: 2 }, other])), 'cart')
  assert.equal(changeSince(version, cartVersion('another', [line, other])), 'cart')
  assert.equal(changeSince('nonsense', version), 'cart')
})

test('the delivery fee falls away at the amount that waives it, and cash has a limit', () => {
  const lane = { feePaise: 4_000, freeAbovePaise: 50_000 }
  const lines = [{ quantity: 3, pricePaise: 10_001 }]
  assert.deepEqual(totalOf(lines, lane), {
    itemsPaise: 30_003,
    discountPaise: 0,
    deliveryFeePaise: 4_000,
    totalPaise: 34_003,
  })
  assert.equal(totalOf([{ quantity: 5, pricePaise: 10_000 }], lane).deliveryFeePaise, 0)
  const offer = { discountPaise: 10_000, isDeliveryFree: false }
  assert.equal(totalOf([{ quantity: 5, pricePaise: 10_000 }], lane, offer).totalPaise, 40_000)
  assert.equal(totalOf(lines, lane, { ...offer, isDeliveryFree: true }).totalPaise, 20_003)
  assertCashAllowed(250_000, 250_000)
  assert.throws(() => assertCashAllowed(250_001, 250_000), /₹2500\.00.*₹2500\.01/)
})

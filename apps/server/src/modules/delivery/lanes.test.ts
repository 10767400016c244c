import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { systemCaller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { findServiceability, loadPinCodes, loadSampleDelivery } from './index.ts'
import { listLanes } from './list-lanes.ts'
import { removeLane } from './remove-lane.ts'
import { setLane } from './set-lane.ts'

let shop: TestDatabase
before(async () => {
  shop = await testDatabase()
})
after(() => shop.close())

const owner = systemCaller('test')
const terms = {
  delivers: true,
  cashOnDelivery: false,
  hoursMin: 24,
  hoursMax: 48,
  feePaise: 6_000,
  freeAbovePaise: 99_900,
  isColdChain: true,
}
const refusedAs = (code: string) => (error: unknown) =>
  error instanceof Refusal && error.code === code

test('without a store nobody is delivered to, and the desk is told what comes first', async () => {
  await assert.rejects(listLanes(shop.database.reads), refusedAs('no_serving_store'))
  await loadPinCodes(shop.database)
  await loadSampleDelivery(shop.database)
})

test('a lane says how many PINs it decides for, and a longer beginning takes its own away', async () => {
  const before = await listLanes(shop.database.reads)
  const city = before.items.find(lane => lane.pinPrefix === '452')
  assert.ok(city && city.pins > 1)
  assert.ok(before.items.reduce((sum, lane) => sum + lane.pins, 0) <= before.knownPins)
  const { items } = await setLane(shop.database, owner, { ...terms, pinPrefix: '452001' })
  const one = items.find(lane => lane.pinPrefix === '452001')
  assert.deepEqual(one, { ...terms, pinPrefix: '452001', pins: 1, district: 'Indore' })
  assert.equal(items.find(lane => lane.pinPrefix === '452')?.pins, city.pins - 1)
})

test('the cold chain switched on for a lane is what the next customer there is told', async () => {
  assert.equal((await findServiceability(shop.database.reads, '462001')).isColdChain, false)
  await setLane(shop.database, owner, { ...terms, pinPrefix: '462' })
  const bhopal = await findServiceability(shop.database.reads, '462001')
  assert.deepEqual(
    [bhopal.isColdChain, bhopal.cashOnDelivery, bhopal.hoursMin, bhopal.feePaise],
    [true, false, 24, 6_000],
  )
  await setLane(shop.database, owner, { ...terms, pinPrefix: '462', isColdChain: false })
  assert.equal((await findServiceability(shop.database.reads, '462001')).isColdChain, false)
})

test('a beginning taken out leaves its PINs to a shorter one; one that is not there is refused', async () => {
  const { items } = await removeLane(shop.database, owner, '462')
  assert.ok(!items.some(lane => lane.pinPrefix === '462'))
  assert.equal((await findServiceability(shop.database.reads, '462001')).hoursMin, 48)
  await assert.rejects(removeLane(shop.database, owner, '462'), refusedAs('not_found'))
})

test('hours upside down are refused and nothing is changed', async () => {
  const wrong = { ...terms, pinPrefix: '452', hoursMin: 9, hoursMax: 8 }
  await assert.rejects(setLane(shop.database, owner, wrong), refusedAs('lane_hours_wrong'))
  const { rows } = await sql`
    select from delivery.lane where pin_prefix = '452' and hours_min = 9`.execute(shop.database.db)
  assert.equal(rows.length, 0)
})

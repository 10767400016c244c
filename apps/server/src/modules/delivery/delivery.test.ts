import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { derivePinCodes } from './derive-pin-codes.ts'
import { findServiceability, loadPinCodes, loadSampleDelivery } from './index.ts'
import { readPinCode } from './pin-code.ts'

const isRefusal = (code: string, words: RegExp) => (error: unknown) =>
  error instanceof Refusal && error.code === code && words.test(error.message)

describe('a PIN code as people write it', () => {
  for (const written of ['452001', '452 001', ' 452001 ', '452-001', '४५२ ००१']) {
    test(`${JSON.stringify(written)} is 452001`, () => assert.equal(readPinCode(written), '452001'))
  }
  for (const written of [
    '',
    '052001',
    '45200',
    '4520011',
    '45 2001',
    '452  001',
    'abcdef',
    "452001'",
  ]) {
    test(`${JSON.stringify(written)} is refused with what a PIN looks like`, () => {
      assert.throws(() => readPinCode(written), isRefusal('pin_code_invalid', /six digits/))
    })
  }
})

describe('the PIN directory derived from post offices', () => {
  test('takes the district of most offices and marks a PIN that lies in two', () => {
    const lines = derivePinCodes([
      { p: '452001', i: 'INDORE', s: 'MADHYA PRADESH' },
      { p: '452001', i: 'INDORE', s: 'MADHYA PRADESH' },
      { p: '110001', i: 'South East', s: 'DELHI' },
      { p: '110001', i: 'NEW DELHI', s: 'DELHI' },
      { p: '110001', i: 'NEW DELHI', s: 'DELHI' },
    ])
    assert.deepEqual(lines, [
      'pin,district,state,ambiguous',
      '110001,New Delhi,Delhi,1',
      '452001,Indore,Madhya Pradesh,0',
    ])
  })

  test('leaves out army PINs and offices that name no district', () => {
    const lines = derivePinCodes([
      { p: '900056', i: 'Somewhere', s: 'Delhi' },
      { p: '560001', i: 'NA', s: 'NA' },
    ])
    assert.equal(lines.length, 1)
  })
})

describe('serviceability', () => {
  let shop: TestDatabase
  before(async () => {
    shop = await testDatabase()
    await loadPinCodes(shop.database)
    await loadSampleDelivery(shop.database)
  })
  after(() => shop.close())

  test('the store’s own PIN is served within hours, for cash, in the store’s district', async () => {
    assert.deepEqual(await findServiceability(shop.database.reads, '452 001'), {
      pin: '452001',
      district: 'Indore',
      state: 'Madhya Pradesh',
      delivers: true,
      cashOnDelivery: true,
      hoursMin: 4,
      hoursMax: 8,
      feePaise: 4_000,
      freeAbovePaise: 50_000,
      isColdChain: true,
      isStoreDistrict: true,
    })
  })

  test('Bhopal is served later and is not the store’s district', async () => {
    const bhopal = await findServiceability(shop.database.reads, '462001')
    assert.equal(bhopal.district, 'Bhopal')
    assert.equal(bhopal.isStoreDistrict, false)
    assert.equal(bhopal.isColdChain, false)
    assert.equal(bhopal.hoursMin, 48)
  })

  test('the longest prefix decides, and may close one office of a served district', async () => {
    await sql`insert into delivery.lane (store_id, pin_prefix, delivers, cash_on_delivery, hours_min, hours_max,
      fee_paise, free_above_paise) values ('sample_indore', '452020', false, false, 4, 8, 0, 0)`.execute(
      shop.database.db,
    )
    const asking = findServiceability(shop.database.reads, '452020')
    await assert.rejects(asking, isRefusal('pin_code_not_served', /collect at our store/))
  })

  test('a PIN in two districts never counts as the store’s district', async () => {
    const { db, reads } = shop.database
    await sql`update delivery.pin_code set is_ambiguous = true where pin = '452003'`.execute(db)
    assert.equal((await findServiceability(reads, '452003')).isStoreDistrict, false)
  })

  test('Mumbai is not served, and the sentence says what to do', async () => {
    const asking = findServiceability(shop.database.reads, '400001')
    await assert.rejects(asking, isRefusal('pin_code_not_served', /Try another address/))
  })

  test('an army PIN is not served by courier', async () => {
    const asking = findServiceability(shop.database.reads, '900056')
    await assert.rejects(asking, isRefusal('pin_code_not_served', /army/))
  })

  test('a PIN no post office has is not found in the directory', async () => {
    const asking = findServiceability(shop.database.reads, '199999')
    await assert.rejects(asking, isRefusal('pin_code_not_served', /directory/))
  })

  test('loading the directory and the sample again changes nothing', async () => {
    await loadPinCodes(shop.database)
    assert.equal(await loadPinCodes(shop.database), 0)
    const lanes = () =>
      sql<{ n: number }>`select count(*)::int as n from delivery.lane`.execute(shop.database.db)
    const before = await lanes()
    await loadSampleDelivery(shop.database)
    assert.deepEqual((await lanes()).rows, before.rows)
  })
})

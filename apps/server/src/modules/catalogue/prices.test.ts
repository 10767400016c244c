import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { personCaller } from '#test/shelf-for-tests'
import { addDays, type Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { applyPrices } from './apply-prices.ts'
import { findPrices, findSellingRules } from './find-prices.ts'
import { findPacks, loadSampleCatalogue, recordSeenMrp } from './index.ts'
import { recordPriceControl } from './record-price-control.ts'
import { recordSellingRule } from './record-selling-rule.ts'
import { capPerPack, priceBelowMrp, sellingPricePaise } from './selling-price.ts'
import { setPrice } from './set-price.ts'

describe('what one pack is sold at', () => {
  test('a ceiling of 2.00 a tablet, 15 tablets and 5 % GST bounds the strip at 31.50', () => {
    assert.equal(capPerPack({ ceilingPaise: 200, units: 15, taxRateBasisPoints: 500 }), 31_50)
  })

  test('a ceiling is rounded down: 0.91 a tablet, 10 tablets, 5 % is 9.55', () => {
    assert.equal(capPerPack({ ceilingPaise: 91, units: 10, taxRateBasisPoints: 500 }), 9_55)
    assert.equal(capPerPack({ ceilingPaise: 91, units: 10, taxRateBasisPoints: 0 }), 9_10)
  })

  test('the lowest of what was shown, the label and the ceiling is charged', () => {
    const price = (displayedPaise: number, mrpPaise: number | null, capPaise: number | null) =>
      sellingPricePaise({ displayedPaise, mrpPaise, capPaise })
    assert.equal(price(100, null, null), 100)
    assert.equal(price(100, 90, null), 90)
    assert.equal(price(100, 90, 80), 80)
    assert.equal(price(70, 90, 80), 70)
  })

  test('so much below MRP is rounded down and never nothing', () => {
    assert.equal(priceBelowMrp(18_90, 1_200), 16_63)
    assert.equal(priceBelowMrp(1, 9_000), 1)
    assert.equal(priceBelowMrp(18_90, 0), 18_90)
  })
})

describe('prices, who changed them and what bounds them', () => {
  let shop: TestDatabase
  let ids: string[]
  let today: Day
  const owner = personCaller()
  before(async () => {
    shop = await testDatabase()
    ids = await loadSampleCatalogue(shop.database)
    const { rows } = await sql<{ day: Day }>`select kernel.today() as day`.execute(shop.database.db)
    today = rows[0]!.day
  })
  after(() => shop.close())

  const named = async (start: string, day: Day | null = null) => {
    const packs = [...(await findPacks(shop.database.db, ids, day)).values()]
    const pack = packs.find(one => one.name.startsWith(start))
    assert.ok(pack, start)
    return pack
  }
  const rule = (more: Partial<Parameters<typeof recordSellingRule>[2]>) =>
    recordSellingRule(shop.database, owner, {
      offBasisPoints: 1_000,
      from: today,
      reason: 'Festival',
      ...more,
    })
  const refuses = (asking: Promise<unknown>, code: string) =>
    assert.rejects(asking, error => error instanceof Refusal && error.code === code)

  test('a price set by hand names who and why, and never passes the MRP', async () => {
    const pack = await named('Paravali 500')
    await setPrice(shop.database, owner, { packId: pack.id, pricePaise: 12_00, reason: 'Match' })
    const history = await findPrices(shop.database.db, pack.id)
    assert.equal(history.pricePaise, 12_00)
    assert.deepEqual(
      [history.prices[0]?.source, history.prices[0]?.reason, history.prices[0]?.recordedBy],
      ['set by hand', 'Match', 'Staff'],
    )
    assert.equal(history.prices.length, 2)
    const above = { packId: pack.id, pricePaise: (pack.mrpPaise ?? 0) + 1, reason: 'Match' }
    await refuses(setPrice(shop.database, owner, above), 'price_above_limit')
    await refuses(setPrice(shop.database, owner, { ...above, packId: randomUUID() }), 'not_found')
  })

  test('a category’s rule, a maker’s and a pack’s: the narrowest stands', async () => {
    const pack = await named('Paravali 650')
    const mrp = pack.mrpPaise ?? 0
    const priceNow = async () => (await named('Paravali 650')).pricePaise
    await rule({ category: 'fever_pain', offBasisPoints: 500 })
    assert.equal(await priceNow(), priceBelowMrp(mrp, 500))
    await rule({ manufacturerOf: pack.id, offBasisPoints: 1_000 })
    assert.equal(await priceNow(), priceBelowMrp(mrp, 1_000))
    await rule({ medicineId: pack.id, offBasisPoints: 2_000 })
    assert.equal(await priceNow(), priceBelowMrp(mrp, 2_000))
    await rule({ medicineId: pack.id, offBasisPoints: null })
    await applyPrices(shop.database)
    assert.equal(await priceNow(), priceBelowMrp(mrp, 1_000))
    assert.equal(await applyPrices(shop.database), 0, 'a second run changed something')
    const { items } = await findSellingRules(shop.database.db)
    assert.deepEqual(
      items.map(one => one.target),
      ['pack', 'pack', 'manufacturer', 'category'],
    )
  })

  test('a rule of tomorrow waits for its day', async () => {
    const pack = await named('Paravali 125')
    const before = pack.pricePaise
    await rule({ medicineId: pack.id, offBasisPoints: 3_000, from: addDays(today, 1) })
    assert.equal((await named('Paravali 125')).pricePaise, before)
    await shop.moveClock('1 day')
    assert.ok((await applyPrices(shop.database)) > 0)
    assert.equal((await named('Paravali 125')).pricePaise, priceBelowMrp(pack.mrpPaise ?? 0, 3_000))
    assert.equal((await named('Paravali 125', today)).pricePaise, before, 'the past changed')
    await shop.moveClock('0')
  })

  test('goods with a higher MRP are asked so much below it at once where a rule stands', async () => {
    const pack = await named('Paravali 650')
    await inTransaction(shop.database, owner, tx => recordSeenMrp(tx, pack.id, 50_00))
    assert.equal((await named('Paravali 650')).pricePaise, priceBelowMrp(50_00, 1_000))
  })

  test('a rule needs one target that exists, and a day to come', async () => {
    const pack = await named('Paravali 650')
    await refuses(rule({}), 'rule_target_unclear')
    await refuses(rule({ category: 'skin', medicineId: pack.id }), 'rule_target_unclear')
    await refuses(rule({ medicineId: randomUUID() }), 'not_found')
    await refuses(rule({ category: 'skin', from: '2020-01-01' }), 'rule_in_the_past')
  })

  test('a notified ceiling brings every brand of the drug down, and nobody may go above it', async () => {
    const pack = await named('Parasupari 500')
    assert.equal(pack.priceControl, 'unknown')
    const ceiling = { medicineId: pack.id, ceilingPaise: 50, from: today }
    const { changedPacks } = await recordPriceControl(shop.database, owner, {
      ...ceiling,
      sourceCitation: 'Test notification of today',
    })
    assert.ok(changedPacks >= 3)
    const after = await named('Parasupari 500')
    assert.deepEqual(
      [after.priceControl, after.capPaise, after.pricePaise],
      ['controlled', 7_87, 7_87],
    )
    const raise = { packId: pack.id, pricePaise: 7_88, reason: 'Raise' }
    await refuses(setPrice(shop.database, owner, raise), 'price_above_limit')
    await refuses(
      recordPriceControl(shop.database, owner, { ...ceiling, sourceCitation: 'Again today' }),
      'rule_stands_already',
    )
  })

  test('a dearer batch does not lift a capped price, nor does a price somebody wrote past the rules', async () => {
    const pack = await named('Parasupari 500')
    await inTransaction(shop.database, owner, tx => recordSeenMrp(tx, pack.id, 99_00))
    assert.equal((await named('Parasupari 500')).pricePaise, 7_87)
    await sql`
      insert into catalogue.price (pack_id, from_day, number, price_paise, mrp_paise, source)
      values (${pack.id}, ${today}, 999, 9000, 9900, 'test')`.execute(shop.database.db)
    assert.equal((await named('Parasupari 500')).pricePaise, 7_87)
  })

  test('a statement that no ceiling applies ends the ceiling on its day', async () => {
    const pack = await named('Parasupari 500')
    const from = addDays(today, 2)
    await recordPriceControl(shop.database, owner, {
      medicineId: pack.id,
      ceilingPaise: null,
      from,
      sourceCitation: 'Withdrawn by test notification',
    })
    assert.equal((await named('Parasupari 500', addDays(from, -1))).priceControl, 'controlled')
    assert.equal((await named('Parasupari 500', from)).priceControl, 'not_applicable')
    assert.equal((await named('Parasupari 500', from)).capPaise, null)
  })

  test('no rule, price or ceiling is erased', async () => {
    for (const table of ['selling_rule', 'price_control', 'price']) {
      await assert.rejects(
        sql`delete from ${sql.ref(`catalogue.${table}`)}`.execute(shop.database.db),
      )
    }
  })
})

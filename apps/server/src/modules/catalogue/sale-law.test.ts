import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Classification } from '@janta/contracts'
import { sql } from 'kysely'
import { personCaller } from '#test/shelf-for-tests'
import { addDays, type Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { classifySubstance, previewClassification } from './classify-substance.ts'
import { findMatrixPage } from './find-matrix-page.ts'
import { findSubstance } from './find-substances.ts'
import { findUnclassified } from './find-unclassified.ts'
import { impactSentence } from './impact-sentence.ts'
import { findPacks, loadSampleCatalogue } from './index.ts'
import { setSaleSwitch } from './set-sale-switch.ts'

test('the sentence of an impact says how many packs become what, and since when', () => {
  const examples = ['A']
  const change = (after: 'prescription' | 'blocked', packs: number) => ({
    before: 'open' as const,
    after,
    packs,
    examples,
  })
  assert.equal(
    impactSentence([change('prescription', 412)], '2026-12-01'),
    'This makes 412 packs prescription-only from 1 December 2026.',
  )
  assert.equal(
    impactSentence([change('prescription', 2), change('blocked', 1)], '2026-12-01'),
    'This makes 2 packs prescription-only and 1 pack not sold online by law from 1 December 2026.',
  )
  assert.match(impactSentence([], '2026-12-01'), /no pack/)
  assert.equal(
    impactSentence([change('prescription', 412), change('blocked', 1)], '2026-12-01', 'hi'),
    'इससे 1 दिसंबर 2026 से 412 पैक सिर्फ़ पर्चे पर मिलने वाले और 1 पैक क़ानूनन ऑनलाइन न बिकने वाले हो जाएँगे।',
  )
  assert.match(impactSentence([], '2026-12-01', 'hi'), /किसी पैक की बिक्री नहीं/)
})

describe('the law as dated rules', () => {
  let shop: TestDatabase
  let ids: string[]
  let today: Day
  const staff = personCaller()
  before(async () => {
    shop = await testDatabase()
    ids = await loadSampleCatalogue(shop.database)
    const { rows } = await sql<{ day: Day }>`select kernel.today() as day`.execute(shop.database.db)
    today = rows[0]!.day
  })
  after(() => shop.close())

  const substanceId = async (name: string) => {
    const { rows } = await sql<{ id: number }>`
      select id from catalogue.substance where name = ${name}`.execute(shop.database.db)
    return rows[0]!.id
  }
  const packsOn = async (day: Day | null = null) => [
    ...(await findPacks(shop.database.db, ids, day)).values(),
  ]
  const decisionsOf = async (salt: string, day: Day | null = null) =>
    new Set(
      (await packsOn(day))
        .filter(pack => pack.composition.toLowerCase().startsWith(`${salt} `))
        .filter(pack => !pack.composition.includes('+') && pack.form === 'tablet')
        .map(pack => pack.decision),
    )
  const state = (name: string, more: Partial<Classification>) =>
    substanceId(name).then(
      (id): Classification => ({
        substanceId: id,
        from: today,
        sourceCitation: 'Test Gazette 1 of today',
        add: [],
        end: [],
        ...more,
      }),
    )
  const refuses = (asking: Promise<unknown>, code: string) =>
    assert.rejects(asking, error => error instanceof Refusal && error.code === code)

  test('a preview counts what changes, names examples and changes nothing', async () => {
    const stated = await state('paracetamol', {
      from: addDays(today, 9),
      add: [{ scheme: 'H', appliesTo: 'all' }],
      end: ['none'],
    })
    const impact = await previewClassification(shop.database.db, stated)
    const [change] = impact.changes
    assert.equal(change?.before, 'open')
    assert.equal(change?.after, 'prescription')
    assert.ok((change?.packs ?? 0) >= 6 && (change?.examples.length ?? 0) > 0)
    assert.match(impact.sentence, new RegExp(`^This makes ${impact.packs} packs prescription-only`))
    assert.deepEqual(await decisionsOf('paracetamol'), new Set(['open']))
  })

  test('recorded for a later day, it is the law of that day and of no day before', async () => {
    const from = addDays(today, 9)
    const stated = await state('paracetamol', {
      from,
      add: [{ scheme: 'H', appliesTo: 'all' }],
      end: ['none'],
    })
    const { impact } = await classifySubstance(shop.database, staff, stated)
    assert.ok(impact.packs > 0)
    assert.deepEqual(await decisionsOf('paracetamol'), new Set(['open']))
    assert.deepEqual(await decisionsOf('paracetamol', addDays(from, -1)), new Set(['open']))
    assert.deepEqual(await decisionsOf('paracetamol', from), new Set(['prescription']))
    await shop.moveClock('9 days')
    assert.deepEqual(await decisionsOf('paracetamol'), new Set(['prescription']))
    await shop.moveClock('0')
    const { rules } = await findSubstance(shop.database.db, stated.substanceId)
    assert.deepEqual(
      rules.map(rule => [rule.scheme, rule.effectiveTo]),
      [
        ['H', null],
        ['none', from],
      ],
    )
    assert.equal(rules[1]?.endCitation, 'Test Gazette 1 of today')
  })

  test('what was foreseen is what happened, pack by pack', async () => {
    const from = addDays(today, 20)
    const before = await packsOn(from)
    const stated = await state('metformin', {
      from,
      add: [{ scheme: 'H1', appliesTo: 'not_external' }],
    })
    const foreseen = await previewClassification(shop.database.db, stated)
    await classifySubstance(shop.database, staff, stated)
    const after = await findPacks(shop.database.db, ids, from)
    const changed = before.filter(pack => after.get(pack.id)?.decision !== pack.decision)
    assert.ok(changed.length > 0)
    assert.equal(foreseen.packs, changed.length)
  })

  test('the past, a repetition and an end of nothing are refused', async () => {
    const add = [{ scheme: 'G', appliesTo: 'all' }] as const
    const rejected: [Partial<Classification>, string][] = [
      [{ from: addDays(today, -1), add: [{ scheme: 'X', appliesTo: 'all' }] }, 'rule_in_the_past'],
      [{ from: '2027-02-31', add: [...add] }, 'malformed_request'],
      [{ add: [{ scheme: 'H', appliesTo: 'all' }] }, 'rule_stands_already'],
      [{ end: ['X'] }, 'rule_stands_not'],
      [{}, 'rule_stands_not'],
      [{ add: [...add, ...add] }, 'rule_stands_already'],
    ]
    for (const [more, code] of rejected) {
      const stated = await state('ibuprofen', more)
      await refuses(previewClassification(shop.database.db, stated), code)
      await refuses(classifySubstance(shop.database, staff, stated), code)
    }
  })

  test('nobody rewrites what stood, not even past the commands', async () => {
    const { db } = shop.database
    for (const change of [
      sql`update catalogue.schedule_rule set scheme = 'none' where id = 1`,
      sql`update catalogue.schedule_rule set effective_from = '1999-01-01' where id = 1`,
      sql`update catalogue.schedule_rule set effective_to = kernel.today() - 1 where effective_to is null`,
      sql`delete from catalogue.schedule_rule where id = 1`,
    ]) {
      await assert.rejects(change.execute(db), { code: '42501' })
    }
  })

  test('an unclassified substance is listed by the packs it holds back, those on the shelf first', async () => {
    const { db } = shop.database
    const open = (await packsOn()).find(pack => pack.name.startsWith('Levoceti'))
    const { rows } = await sql<{ id: string; name: string }>`
      with made as (
        insert into catalogue.substance (name, display_name) values ('newine', 'Newine'), ('rarine', 'Rarine')
        returning id, name
      ), drug as (
        insert into catalogue.clinical_drug (equivalence_key, form, release, route, composition)
        select name, 'tablet', 'immediate', 'oral', name from made returning id, composition
      ), salt as (
        insert into catalogue.clinical_drug_salt (clinical_drug_id, position, substance_id, strength, strength_key)
        select drug.id, 1, made.id, '1 mg', '1000000ng' from drug join made on made.name = drug.composition
      ), medicine as (
        insert into catalogue.medicine (clinical_drug_id, name, name_key, kind, form, composition,
          composition_state, hsn, is_sample, source)
        select drug.id, composition || n, composition || n, 'drug', 'tablet', composition, 'stated', '3004', true,
          'test'
        from drug cross join generate_series(1, 3) as n where composition = 'newine' or n = 1
        returning id, name
      )
      insert into catalogue.pack (id, medicine_id, pack_key, label, base_unit, units_per_pack)
      select gen_random_uuid(), id, 'p', 'strip', 'tablet', 10 from medicine
      returning id, (select name from medicine where medicine.id = medicine_id) as name`.execute(db)
    assert.equal(rows.length, 4, String(open?.name))
    const names = async (stocked: string[]) =>
      (await findUnclassified(db, stocked)).items
        .filter(one => one.name === 'Newine' || one.name === 'Rarine')
        .map(one => [one.name, one.packs, one.stockedPacks])
    assert.deepEqual(await names([]), [
      ['Newine', 3, 0],
      ['Rarine', 1, 0],
    ])
    const rare = rows.find(row => row.name === 'rarine1')
    assert.deepEqual(await names([rare!.id]), [
      ['Rarine', 1, 1],
      ['Newine', 3, 0],
    ])
    const stated = await state('newine', { add: [{ scheme: 'none', appliesTo: 'not_injection' }] })
    const { impact } = await classifySubstance(shop.database, staff, stated)
    assert.equal(impact.sentence.startsWith('This makes 3 packs sellable without'), true)
    assert.deepEqual(
      (await names([])).map(([name]) => name),
      ['Rarine'],
    )
  })

  test('oral nimesulide above 100 mg is banned since 29 December 2025, weaker or slower is not', async () => {
    const { db } = shop.database
    const add = async (strengthKey: string, release: string, name: string) => {
      const { rows } = await sql<{ id: string }>`
        with drug as (
          insert into catalogue.clinical_drug (equivalence_key, form, release, route, composition)
          values (${name}, 'tablet', ${release}, 'oral', ${name}) returning id
        ), salt as (
          insert into catalogue.clinical_drug_salt (clinical_drug_id, position, substance_id, strength, strength_key)
          select drug.id, 1, substance.id, '', ${strengthKey} from drug, catalogue.substance
          where substance.name = 'nimesulide'
        ), medicine as (
          insert into catalogue.medicine (clinical_drug_id, name, name_key, kind, form, composition,
            composition_state, hsn, is_sample, source)
          select id, ${name}, ${name}, 'drug', 'tablet', ${name}, 'stated', '3004', true, 'test' from drug
          returning id
        )
        insert into catalogue.pack (id, medicine_id, pack_key, label, base_unit, units_per_pack)
        select gen_random_uuid(), id, 'p', 'strip', 'tablet', 10 from medicine returning id`.execute(
        db,
      )
      return rows[0]!.id
    }
    const [strong, usual, slow] = [
      await add('200000000ng', 'immediate', 'nime strong'),
      await add('100000000ng', 'immediate', 'nime usual'),
      await add('200000000ng', 'modified', 'nime slow'),
    ]
    const all = [strong, usual, slow]
    const now = await findPacks(db, all)
    assert.deepEqual(
      all.map(id => now.get(id)?.decision),
      ['blocked', 'prescription', 'prescription'],
    )
    assert.equal(now.get(strong)?.saleClass, 'banned')
    const before = await findPacks(db, all, '2025-12-28')
    assert.equal(before.get(strong)?.decision, 'prescription')
  })

  test('the kill switch stops delivery of prescription medicines at once, and says who and why', async () => {
    const throwSwitch = (name: 'rx_delivery_enabled' | 'h1_delivery', isOn: boolean) =>
      setSaleSwitch(shop.database, staff, { switch: name, isOn, reason: 'The court said so' })
    const decisionOf = async (saleClass: string) =>
      new Set((await packsOn()).filter(one => one.saleClass === saleClass).map(one => one.decision))
    assert.deepEqual(await decisionOf('H'), new Set(['prescription']))
    assert.deepEqual(await decisionOf('H1'), new Set(['store_only']))
    await throwSwitch('rx_delivery_enabled', false)
    assert.deepEqual(await decisionOf('H'), new Set(['store_only']))
    await throwSwitch('h1_delivery', true)
    assert.deepEqual(await decisionOf('H1'), new Set(['store_only']), 'the kill switch goes before')
    await throwSwitch('rx_delivery_enabled', true)
    assert.deepEqual(await decisionOf('H1'), new Set(['prescription']))
    await throwSwitch('h1_delivery', false)
    const page = await findMatrixPage(shop.database.db)
    assert.deepEqual(
      page.switches.map(one => [one.switch, one.isOn, one.reason]),
      [
        ['rx_delivery_enabled', true, 'The court said so'],
        ['h1_delivery', false, 'The court said so'],
      ],
    )
    assert.equal(page.classes.length, 10)
    assert.ok(page.classes.every(one => one.citation.length > 10))
    await assert.rejects(sql`delete from catalogue.sale_switch`.execute(shop.database.db))
    await assert.rejects(
      sql`update catalogue.decision_rule set decision = 'open'`.execute(shop.database.db),
    )
  })
})

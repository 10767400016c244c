import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { personCaller } from '#test/shelf-for-tests'
import { Refusal } from '#kernel/refusal'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { savingOf, swapOf, swapSentence } from './equivalent-saving.ts'
import { findEquivalenceRulings } from './find-equivalence-rulings.ts'
import { findEquivalents } from './find-equivalents.ts'
import { getMedicine } from './get-medicine.ts'
import { findPacks, loadSampleCatalogue } from './index.ts'
import { ruleEquivalence } from './rule-equivalence.ts'

const ports = {
  findAvailability: async (ids: readonly string[]) =>
    new Map(ids.map(id => [id, { availablePacks: 5, earliestExpiry: '2027-03' }])),
}

describe('what another brand saves', () => {
  test('112.00 for 10 against 45.00 for 15 saves 73 percent, rounded down', () => {
    assert.deepEqual(
      savingOf({ pricePaise: 112_00, unitsPerPack: 10 }, { pricePaise: 45_00, unitsPerPack: 15 }),
      { savingPerPackPaise: 82_00, savingPerUnitPaise: 8_20, savingPercent: 73 },
    )
  })

  test('a third of a paisa is nobody’s saving', () => {
    assert.deepEqual(
      savingOf({ pricePaise: 100, unitsPerPack: 3 }, { pricePaise: 99, unitsPerPack: 3 }),
      { savingPerPackPaise: 1, savingPerUnitPaise: 0, savingPercent: 1 },
    )
  })

  test('an equal or dearer brand saves nothing', () => {
    const own = { pricePaise: 100, unitsPerPack: 10 }
    assert.equal(savingOf(own, own), null)
    assert.equal(savingOf(own, { pricePaise: 101, unitsPerPack: 10 }), null)
  })

  test('a prescription medicine is never swapped by the customer alone', () => {
    assert.equal(swapOf('open'), 'free')
    assert.equal(swapOf('prescription'), 'ask_doctor')
    assert.equal(swapOf('store_only'), 'ask_doctor')
    assert.equal(swapOf('blocked'), 'none')
    assert.match(swapSentence('ask_doctor', 'en') ?? '', /doctor must agree/)
    assert.equal(swapSentence('none', 'hi'), null)
  })
})

describe('equivalents and what pharmacists say of them', () => {
  let shop: TestDatabase
  let ids: string[]
  const pharmacist = personCaller()
  before(async () => {
    shop = await testDatabase()
    ids = await loadSampleCatalogue(shop.database)
  })
  after(() => shop.close())

  const named = async (start: string) => {
    const packs = [...(await findPacks(shop.database.db, ids)).values()]
    const pack = packs.find(one => one.name.startsWith(start))
    assert.ok(pack, start)
    return pack
  }
  const equivalentsOf = async (id: string) =>
    (await findEquivalents(shop.database.db, id)).map(one => one.id)
  const today = async () => {
    const { rows } = await sql<{ day: string }>`select kernel.today() as day`.execute(
      shop.database.db,
    )
    return rows[0]!.day
  }
  const say = async (
    medicineId: string,
    otherMedicineId: string,
    ruling: 'linked' | 'separated',
    from?: string,
  ) =>
    ruleEquivalence(shop.database, pharmacist, {
      medicineId,
      otherMedicineId,
      ruling,
      from: from ?? (await today()),
      reason: 'Compared the two labels',
    })

  test('the same salts, strength and form come cheapest per unit first, with what they save', async () => {
    const own = await named('Paravali 650')
    const page = await getMedicine(shop.database.db, { id: own.id, language: 'en' }, ports)
    assert.ok(page.equivalents.length >= 2)
    assert.equal(page.swap, 'free')
    for (const other of page.equivalents) {
      const costsLess = (other.unitPriceMilliPaise ?? 0) < (page.unitPriceMilliPaise ?? 0)
      assert.equal(other.saving !== null, costsLess, other.name)
    }
  })

  test('a prescription medicine’s page asks for the doctor and shows the warning with its source', async () => {
    const { rows } = await sql<{ id: string }>`
      select pack.id from catalogue.pack join catalogue.medicine on medicine.id = pack.medicine_id
      where pack.comparable_drug_id is not null and medicine.category = 'heart_bp' order by pack.id limit 50`.execute(
      shop.database.db,
    )
    const packs = await findPacks(
      shop.database.db,
      rows.map(row => row.id),
    )
    const pack = [...packs.values()].find(one => one.decision === 'prescription')
    assert.ok(pack)
    const page = await getMedicine(shop.database.db, { id: pack.id, language: 'en' }, ports)
    assert.equal(page.swap, 'ask_doctor')
    assert.match(page.swapSentence ?? '', /doctor/)
    assert.deepEqual(
      page.notes.map(one => one.kind),
      ['caution', 'storage', 'side_effects'],
    )
    assert.ok(page.notes.every(one => one.citation.length > 5))
    assert.equal(page.facts.isPrescriptionOnly, true)
    assert.match(page.facts.path, new RegExp(`^/medicine/${pack.id}/[a-z0-9-]+$`))
  })

  test('a link joins two drugs both ways, an un-link takes it back, and nothing said is erased', async () => {
    const [one, other] = [await named('Paravali 650'), await named('Paravali 500')]
    assert.ok(!(await equivalentsOf(one.id)).includes(other.id))
    await say(one.id, other.id, 'linked')
    assert.ok((await equivalentsOf(one.id)).includes(other.id))
    assert.ok((await equivalentsOf(other.id)).includes(one.id))
    await say(other.id, one.id, 'separated')
    assert.ok(!(await equivalentsOf(one.id)).includes(other.id))
    const { rulings } = await findEquivalenceRulings(shop.database.db, one.id, ports)
    assert.deepEqual(
      rulings.map(said => said.ruling),
      ['separated', 'linked'],
    )
  })

  test('two brands of one drug can be set apart, and others stay', async () => {
    const one = await named('Paravali 650')
    const [apart, ...others] = await equivalentsOf(one.id)
    assert.ok(apart && others.length > 0)
    await say(one.id, apart, 'separated')
    assert.deepEqual(await equivalentsOf(one.id), others)
    assert.ok(!(await equivalentsOf(apart)).includes(one.id))
    await say(one.id, apart, 'linked')
    assert.ok((await equivalentsOf(one.id)).includes(apart))
  })

  test('a link of tomorrow waits for its day', async () => {
    const [one, other] = [await named('Paravali 650'), await named('Paravali 500')]
    const { rows } = await sql<{ day: string }>`select kernel.today() + 1 as day`.execute(
      shop.database.db,
    )
    await say(one.id, other.id, 'linked', rows[0]!.day)
    assert.ok(!(await equivalentsOf(one.id)).includes(other.id))
    await shop.moveClock('1 day')
    assert.ok((await equivalentsOf(one.id)).includes(other.id))
    await shop.moveClock('0')
  })

  test('yesterday, oneself and an unknown medicine are refused', async () => {
    const one = await named('Paravali 650')
    const other = await named('Paravali 500')
    const refusals: [() => Promise<unknown>, string][] = [
      [() => say(one.id, other.id, 'linked', '2020-01-01'), 'rule_in_the_past'],
      [() => say(one.id, one.id, 'linked'), 'not_comparable'],
      [() => say(one.id, randomUUID(), 'linked'), 'not_found'],
    ]
    for (const [ask, code] of refusals) {
      await assert.rejects(ask, error => error instanceof Refusal && error.code === code)
    }
  })

  test('a Jan Aushadhi generic is marked', async () => {
    const one = await named('Paravali 650')
    const [other] = await equivalentsOf(one.id)
    await sql`
      update catalogue.medicine set source = 'jan-aushadhi'
      where id = (select medicine_id from catalogue.pack where id = ${other})`.execute(
      shop.database.db,
    )
    const page = await getMedicine(shop.database.db, { id: one.id, language: 'en' }, ports)
    assert.equal(page.equivalents.filter(card => card.isJanAushadhi).length, 1)
  })

  test('an inhaler, a narrow therapeutic index and a cut-off composition have no equivalents', async () => {
    const one = await named('Paravali 650')
    const drug = sql`(select clinical_drug_id from catalogue.medicine join catalogue.pack on pack.medicine_id = medicine.id where pack.id = ${one.id})`
    const trials = [
      sql`update catalogue.clinical_drug set route = 'inhalation' where id = ${drug}`,
      sql`update catalogue.substance set is_narrow_therapeutic = true where name = 'paracetamol'`,
      sql`update catalogue.medicine set composition_state = 'incomplete'
        where id = (select medicine_id from catalogue.pack where id = ${one.id})`,
    ]
    for (const trial of trials) {
      await shop.database.db
        .transaction()
        .execute(async tx => {
          await trial.execute(tx)
          assert.deepEqual(await findEquivalents(tx, one.id), [])
          throw new Refusal('conflict', 'undo')
        })
        .catch(error => assert.ok(error instanceof Refusal, String(error)))
    }
    assert.ok((await equivalentsOf(one.id)).length > 0)
  })
})

describe('equivalents among very many brands', () => {
  let shop: TestDatabase
  before(async () => {
    shop = await testDatabase()
    await fillManyBrands(shop)
  })
  after(() => shop.close())

  test('the plan walks indexes only, and stops after the cheapest few', async () => {
    const { rows: packs } = await sql<{ id: string }>`
      select id from catalogue.pack where unit_price_milli_paise is not null order by id limit 1`.execute(
      shop.database.db,
    )
    const plan = await explained(shop, packs[0]!.id)
    const nodes = nodesOf(plan)
    assert.ok(nodes.length > 5, 'no plan was read')
    const walked = nodes.filter(node => node['Node Type'] === 'Seq Scan')
    const big = ['pack', 'medicine', 'clinical_drug', 'clinical_drug_salt', 'substance']
    assert.deepEqual(
      walked.filter(node => big.includes(String(node['Relation Name']))),
      [],
    )
    const read = nodes
      .filter(node => node['Relation Name'] === 'pack')
      .map(node => Number(node['Actual Rows']) * Number(node['Actual Loops']))
    assert.ok(Math.max(...read) <= 12, `read ${Math.max(...read)} packs for ten`)
  })
})

/** Twenty thousand brands of forty drugs: enough for the planner to prefer an index where there is one. */
async function fillManyBrands(shop: TestDatabase): Promise<void> {
  const { db } = shop.database
  await sql`
    with drug as (
      insert into catalogue.clinical_drug (equivalence_key, form, release, route, composition)
      select 'drug ' || n, 'tablet', 'immediate', 'oral', 'Drug ' || n from generate_series(1, 40) as n
      returning id
    )
    insert into catalogue.clinical_drug_salt (clinical_drug_id, position, substance_id, strength, strength_key)
    select drug.id, 1, (select id from catalogue.substance where name = 'paracetamol'), '5 mg', '5000000ng'
    from drug`.execute(db)
  await sql`
    with drug as (select min(id) as first from catalogue.clinical_drug), made as (
      insert into catalogue.medicine (clinical_drug_id, name, name_key, kind, form, composition, composition_state,
        hsn, is_sample, source)
      select drug.first + n % 40, 'Brand ' || n, 'brand ' || n, 'drug', 'tablet', 'x', 'stated', '3004', true, 'test'
      from drug, generate_series(1, 20000) as n returning id
    )
    insert into catalogue.pack (id, medicine_id, pack_key, label, base_unit, units_per_pack, mrp_paise, price_paise)
    select gen_random_uuid(), id, 'p', 'strip', 'tablet', 10, 100000, 1000 + id from made`.execute(
    db,
  )
  const owner = await import('pg')
  const client = new owner.default.Client({ connectionString: shop.ownerUrl })
  await client.connect()
  await client.query('analyze catalogue.pack, catalogue.medicine, catalogue.clinical_drug_salt')
  await client.end()
}

type PlanNode = Record<string, unknown> & { Plans?: PlanNode[] }

async function explained(shop: TestDatabase, packId: string): Promise<PlanNode> {
  const compiled: { sql: string; parameters: readonly unknown[] }[] = []
  const { db } = shop.database
  await findEquivalents(
    {
      getExecutor: () =>
        new Proxy(db.getExecutor(), {
          get(target, name) {
            if (name !== 'executeQuery') return Reflect.get(target, name).bind(target)
            return (query: (typeof compiled)[number]) => {
              compiled.push(query)
              return target.executeQuery(query as never)
            }
          },
        }),
    },
    packId,
  )
  const [query] = compiled
  assert.ok(query, 'no statement was seen')
  const answer = await shop.database.pool.query(
    `explain (analyze, format json) ${query.sql}`,
    query.parameters as unknown[],
  )
  return answer.rows[0]['QUERY PLAN'][0].Plan
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}

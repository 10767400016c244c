import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BannedFormulation, MedicineDetail } from '@janta/contracts'
import { sql } from 'kysely'
import { addDays } from '#kernel/day'
import { findOpenMedicine } from './orders-for-tests.ts'
import { api, Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

let web: TestWeb
let pharmacist: Browser
let today: string
before(async () => {
  web = await testWeb({ sample: true })
  pharmacist = await new Browser(web.app).signIn(mobileOf.pharmacist)
  const { rows } = await sql<{ day: string }>`select kernel.today() as day`.execute(
    web.own.database.db,
  )
  today = rows[0]!.day
})
after(() => web.close())

const substanceOf = async (name: string): Promise<number> => {
  const { items } = (await pharmacist.send(api.findSubstances, { query: { q: name } })).json()
  assert.ok(items.length > 0, name)
  return items[0].id
}
const banOf = async (more: object = {}) => ({
  title: 'Paracetamol above 325 mg by mouth, in this test',
  components: [{ substanceId: await substanceOf('paracetamol'), aboveMicrograms: 325_000 }],
  route: 'oral',
  isExact: false,
  from: today,
  sourceCitation: 'Test Gazette S.O. 1(E)',
  ...more,
})
const bans = async (): Promise<BannedFormulation[]> =>
  (await pharmacist.send(api.listBans, { query: {} })).json().items
/** How many packs on sale the tables themselves say are banned on a day. */
const bannedPacks = async (day: string) => {
  const { rows } = await sql<{ packs: number }>`
    select count(*)::integer as packs from catalogue.pack
    join catalogue.medicine on medicine.id = pack.medicine_id
    where not pack.is_discontinued and catalogue.is_banned(medicine.clinical_drug_id, ${day}::date)`.execute(
    web.own.database.db,
  )
  return rows[0]!.packs
}

test('a ban is looked at, entered with its source, blocks what contains it from its day, and is lifted', async () => {
  const before = await bannedPacks(today)
  const body = await banOf()
  const preview = (await pharmacist.send(api.previewBan, { body })).json()
  assert.ok(preview.packs > 0)
  assert.ok(preview.examples.length > 0)
  assert.equal(await bannedPacks(today), before, 'the preview wrote something')
  const entered = await pharmacist.send(api.recordBan, { body })
  assert.equal(entered.statusCode, 201, entered.body)
  assert.deepEqual(entered.json().reach, preview)
  assert.equal((await bannedPacks(today)) - before, preview.packs)
  assert.equal(await bannedPacks(addDays(today, -1)), before, 'yesterday was rewritten')
  const ban = (await bans()).find(one => String(one.id) === entered.json().id)
  assert.ok(ban)
  assert.match(ban.recordedBy, /^Pharmacist/)
  assert.deepEqual(ban.components, [{ name: 'Paracetamol', aboveMicrograms: 325_000 }])
  const lift = { params: { banId: ban.id }, body: { to: today, sourceCitation: 'Court order 2' } }
  assert.equal((await pharmacist.send(api.liftBan, lift)).statusCode, 201)
  assert.equal(await bannedPacks(today), before)
  const again = await pharmacist.send(api.liftBan, lift)
  assert.deepEqual([again.statusCode, again.json().code], [409, 'rule_stands_not'])
  const { rows } = await sql<{ action: string }>`
    select action from audit.entry where object_id = ${String(ban.id)} order by action`.execute(
    web.own.database.db,
  )
  assert.deepEqual(
    rows.map(row => row.action),
    ['catalogue.ban_lifted', 'catalogue.formulation_banned'],
  )
})

test('the page of a banned medicine shows neither price nor other brands, and no cart takes it', async () => {
  const customer = new Browser(web.app)
  const medicine = await findOpenMedicine(customer)
  const page = async (): Promise<MedicineDetail> =>
    (await customer.send(api.getMedicine, { params: { id: medicine.id } })).json()
  const [salt] = (await page()).salts
  assert.ok(salt)
  const components = [{ substanceId: await substanceOf(salt.name.toLowerCase()) }]
  const { route: _, ...body } = await banOf({ components, title: `${salt.name} in this test` })
  const entered = await pharmacist.send(api.recordBan, { body })
  assert.equal(entered.statusCode, 201, entered.body)
  const into = { params: { medicineId: medicine.id }, body: { quantity: 1 } }
  const refused = await customer.send(api.putCartLine, into)
  assert.equal(refused.json().code, 'medicine_not_sold_online')
  for (let tries = 0; (await page()).decision !== 'blocked'; tries++) {
    assert.ok(tries < 100, 'the page never said blocked')
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  const banned = await page()
  assert.deepEqual(
    [banned.pricePaise, banned.mrpPaise, banned.availablePacks, banned.equivalents],
    [null, null, 0, []],
  )
  assert.equal(banned.facts.mayBeListed, false)
})

test('a ban in the past, of the unknown, or of one substance twice is refused', async () => {
  const substanceId = await substanceOf('paracetamol')
  for (const [more, code] of [
    [{ from: addDays(today, -1) }, 'rule_in_the_past'],
    [{ components: [{ substanceId: 2_000_000_000 }] }, 'not_found'],
    [{ components: [{ substanceId }, { substanceId }] }, 'ban_invalid'],
    [{ components: [] }, 'malformed_request'],
    [{ sourceCitation: '' }, 'malformed_request'],
  ] as const) {
    const answer = await pharmacist.send(api.recordBan, { body: await banOf(more) })
    assert.equal(answer.json().code, code)
  }
  const unknown = { params: { banId: 2_000_000_000 }, body: { to: today, sourceCitation: 'Order' } }
  assert.equal((await pharmacist.send(api.liftBan, unknown)).statusCode, 404)
})

test('only a pharmacist bans; every member of staff may read what is banned', async () => {
  const owner = await new Browser(web.app).signIn(mobileOf.administrator)
  assert.equal((await owner.send(api.recordBan, { body: await banOf() })).statusCode, 403)
  assert.equal((await owner.send(api.listBans, { query: {} })).statusCode, 200)
})

test('what was banned stays banned in the books: neither the application nor its owner rewrites it', async () => {
  const write = (statement: ReturnType<typeof sql>) => statement.execute(web.own.database.db)
  await assert.rejects(write(sql`delete from catalogue.banned_formulation`))
  await assert.rejects(write(sql`update catalogue.banned_formulation set title = 'x'`))
  await assert.rejects(
    write(sql`update catalogue.banned_formulation set effective_to = kernel.today() - 1`),
    /keeps its past/,
  )
})

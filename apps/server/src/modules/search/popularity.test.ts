import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Event } from '#kernel/events'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { countOrder, type OrderedPacks } from './count-order.ts'
import { forgetFaded } from './forget-faded.ts'
import { orderHalfLifeDays, type Popularity, readPopularity } from './popularity.ts'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
})
after(() => own.close())

const [common, rare] = [randomUUID(), randomUUID()]
const placed = (): Event => ({
  id: randomUUID(),
  name: 'ordering.order_placed',
  payload: { orderId: randomUUID() },
})
const count = (event: Event, ordered: OrderedPacks | undefined) =>
  countOrder(own.database, event, async () => ordered)

async function learned(): Promise<Record<string, number>> {
  const rows: Popularity[] = []
  for (let after: Popularity | null = null; ; after = rows.at(-1) ?? null) {
    const more = await readPopularity(own.database.reads, after, 2)
    rows.push(...more)
    if (more.length < 2) break
  }
  const names = new Map<string, string>([
    [common, 'common'],
    [rare, 'rare'],
  ])
  return Object.fromEntries(
    rows.map(row => [
      `${row.area || 'everywhere'} ${names.get(row.packId)}`,
      Math.round(row.orders * 100) / 100,
    ]),
  )
}

test('an order counts once for each pack, everywhere and in its area, however often it is delivered', async () => {
  const event = placed()
  for (let delivery = 0; delivery < 3; delivery++)
    await count(event, { pin: '452001', packIds: [common, rare, common] })
  await count(placed(), { pin: '110001', packIds: [common] })
  assert.deepEqual(await learned(), {
    'everywhere common': 2,
    'everywhere rare': 1,
    '110 common': 1,
    '452 common': 1,
    '452 rare': 1,
  })
})

test('an order of a pharmacy that does not know it counts nothing', async () => {
  const before = await learned()
  await count(placed(), undefined)
  assert.deepEqual(await learned(), before)
})

test('orders of the same packs at once are all counted', async () => {
  const before = (await learned())['everywhere common'] ?? 0
  await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      count(placed(), { pin: '452001', packIds: i % 2 ? [common, rare] : [rare, common] }),
    ),
  )
  assert.equal((await learned())['everywhere common'], before + 12)
})

test('after a half-life an order counts half, and a new one still one', async () => {
  const before = await learned()
  await own.moveClock(`${orderHalfLifeDays} days`)
  const half = (before['everywhere common'] ?? 0) / 2
  assert.equal((await learned())['everywhere common'], half)
  await count(placed(), { pin: '110001', packIds: [common] })
  assert.equal((await learned())['everywhere common'], half + 1)
  assert.equal((await learned())['110 common'], 1.5)
})

test('what has faded away is forgotten, and nothing else', async () => {
  await own.moveClock(`${orderHalfLifeDays * 10 + 1} days`)
  await forgetFaded(own.database)
  assert.deepEqual(Object.keys(await learned()).sort(), ['110 common', 'everywhere common'])
  const { rows } = await sql`select 1 from search.medicine_request_tally`.execute(own.database.db)
  assert.deepEqual(rows, [])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { type Planted, type SimulationEnd, StockSimulation } from './stock-simulation.ts'

const secondsInSuite = 5
const roundsPlanted = 200

async function simulate(own: TestDatabase, until: () => boolean, planted?: Planted) {
  const options = { seed: 20_261_122, packs: 4, actors: 4, until, ...(planted && { planted }) }
  return new StockSimulation(own, options).run()
}

test('years of days with crashes, repeats and many actors leave books that agree', async () => {
  const own = await testDatabase()
  try {
    const end = performance.now() + secondsInSuite * 1_000
    const ended: SimulationEnd = await simulate(own, () => performance.now() > end)
    assert.ok(ended.issuedUnits > 0, 'nothing was issued, so nothing was proven')
    assert.ok(ended.trips > 0, 'nothing travelled and nothing warmed')
  } finally {
    await own.close()
  }
})

/** Which proof sees which fault. */
const seenBy = {
  double_issue: /other units are on hand than were answered/,
  dropped_release: /^AssertionError.*: seed \d+, step \d+$/m,
}

for (const planted of ['double_issue', 'dropped_release'] as const) {
  test(`the simulation bites: a planted ${planted.replace('_', ' ')} is caught`, async () => {
    const own = await testDatabase()
    try {
      let rounds = 0
      await assert.rejects(
        simulate(own, () => ++rounds > roundsPlanted, planted),
        seenBy[planted],
      )
    } finally {
      await mend(own)
      await own.close()
    }
  })
}

/** Writes the releases that the planted fault dropped, because a database is not closed while its books differ. */
async function mend(own: TestDatabase): Promise<void> {
  await sql`
    insert into stock.movement (batch_id, store_id, state, bin, kind, on_hand_delta, reserved_delta, cause_kind,
      cause_id, request_id)
    select batch_id, store_id, state, bin, 'released', 0, coalesce(held_units, 0) - reserved, 'order', batch_id, 'mend'
    from stock.discrepancy where reserved > coalesce(held_units, 0)`.execute(own.database.db)
}

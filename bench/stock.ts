/**
 * Measures the shelf's pages on years of an invented shop: `npm run bench -- stock [MOVEMENTS] [BATCHES]`, 5,000,000 and
 * 200,000 unless told. Fills a durable PostgreSQL of its own by SQL first, which takes some minutes and 6 GB of disk.
 * Each figure is printed with its target; a missed one ends it with an error.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { findBuyersOf } from '../apps/server/src/modules/recall/find-buyers-of.ts'
import { findRecall } from '../apps/server/src/modules/recall/find-recalls.ts'
import { openRecall } from '../apps/server/src/modules/recall/open-recall.ts'
import { findBatches } from '../apps/server/src/modules/stock/find-batches.ts'
import { findExpiring } from '../apps/server/src/modules/stock/find-expiring.ts'
import { findDiscrepancies } from '../apps/server/src/modules/stock/check-ledger.ts'
import { valueStock } from '../apps/server/src/modules/stock/value-stock.ts'
import { writeCheckpoint } from '../apps/server/src/modules/stock/write-checkpoint.ts'
import { personCaller } from '../apps/server/test/shelf-for-tests.ts'
import { endWithFigures, type Figure, percentile, print, printFigure } from './stock/figure.ts'
import { fillLedger } from './stock/fill-ledger.ts'
import { openScratch } from './stock/scratch.ts'

const movements = Number(process.argv[2] ?? 5_000_000)
const batches = Number(process.argv[3] ?? 200_000)
const orders = 100_000
const turns = 200
const noPeer = 'none of twelve open systems publishes one'

const scratch = await openScratch({ poolMax: 10 })
const { database, owner } = scratch
try {
  print(`machine: ${scratch.machine}`)
  const started = performance.now()
  await fillLedger(scratch, { packs: 3_000, batches, movements, orders })
  const held = await count('stock.balance where on_hand > 0')
  const size = `${await count('stock.movement')} movements, ${await count('stock.batch')} batches, ${held} of them on hand`
  print(`filled in ${Math.round((performance.now() - started) / 1_000)} s: ${size}`)
  assert.ok(held > batches / 10, 'hardly anything lies on the shelf, so its pages measure nothing')
  await measurePages(size)
  await measureValuation(size)
  await measureRecall()
  assert.deepEqual(
    await findDiscrepancies(database.db),
    [],
    'a balance is not the sum of its movements',
  )
  print('the discrepancy view is empty')
} finally {
  await scratch.close()
}
endWithFigures()

async function measurePages(size: string): Promise<void> {
  const { rows } = await owner.query<{ id: string }>(
    'select id from catalogue.pack order by id limit 200',
  )
  const pages: [string, (turn: number) => Promise<unknown>][] = [
    ['stock page, the whole shelf', () => findBatches(database.reads, {})],
    [
      'stock page, what expires within 30 days',
      () => findBatches(database.reads, { expiry: 'within_30_days' }),
    ],
    [
      'stock page, one medicine',
      turn => findBatches(database.reads, { medicineId: rows[turn % rows.length]!.id }),
    ],
    ['stock page, far into the list', nextPages()],
  ]
  for (const [what, page] of pages) {
    const timesMs = await times(turns, page)
    printFigure(
      atMost({
        what,
        size: `${turns} pages, p50 ${Math.round(percentile(timesMs, 0.5))} ms; ${size}`,
        measured: percentile(timesMs, 0.99),
        target: 50,
        unit: 'ms p99',
      }),
    )
  }
  const ladder = await times(5, () => findExpiring(database.reads))
  print(
    `       the expiry ladder with its money: ${Math.round(percentile(ladder, 1))} ms at the most`,
  )
}

/** Turns one page after the other, as a person at the screen does. */
function nextPages(): () => Promise<void> {
  let after: string | undefined
  return async () => {
    const { next } = await findBatches(database.reads, after === undefined ? {} : { after })
    after = next ?? undefined
  }
}

async function measureValuation(size: string): Promise<void> {
  const day = async (ago: number) =>
    (
      await sql<{ day: string }>`select (kernel.today() - ${ago}::integer)::text as day`.execute(
        database.db,
      )
    ).rows[0]!.day
  await keepCheckpoints()
  for (const ago of [400, 33, 0]) {
    const asked = await day(ago)
    const [tookMs = Number.NaN] = await times(1, async () => {
      const worth = await valueStock(database.reads, asked)
      assert.ok(worth.batches > 0, 'nothing was worth anything that day')
    })
    printFigure(
      atMost({
        what: `valuation ${ago} days ago`,
        size,
        measured: tookMs,
        target: 3_000,
        unit: 'ms',
      }),
    )
  }
  const [tookMs = Number.NaN] = await times(1, () => writeCheckpoint(database))
  print(`       the night's checkpoint: ${Math.round(tookMs)} ms`)
}

/** The weekly checkpoints that three years of nights would have left, each the sum of the ledger up to its day. */
async function keepCheckpoints(): Promise<void> {
  await owner.query(`insert into stock.checkpoint (day)
    select kernel.today() - days from generate_series(8, 1090, 7) as days on conflict do nothing`)
  await owner.query(`
    with weekly as (
      select batch_id, week.day, sum(on_hand_delta) as units
      from stock.movement cross join lateral (
        select min(checkpoint.day) as day from stock.checkpoint
        where checkpoint.day >= (movement.at at time zone 'Asia/Kolkata')::date
      ) as week
      where week.day is not null group by 1, 2
    ), running as (
      select batch_id, day, sum(units) over (partition by batch_id order by day)::integer as units,
        coalesce(lead(day) over (partition by batch_id order by day), 'infinity') as until
      from weekly
    )
    insert into stock.checkpoint_balance (day, batch_id, units)
    select checkpoint.day, batch_id, units from running
    join stock.checkpoint on checkpoint.day >= running.day and checkpoint.day < running.until
    where units > 0`)
  await owner.query('analyze stock.checkpoint_balance')
}

async function measureRecall(): Promise<void> {
  const { rows } = await owner.query<{ packId: string; batchNumber: string }>(
    `select pack_id as "packId", batch_number as "batchNumber" from stock.batch where batch_number = 'B1'`,
  )
  const { packId, batchNumber } = rows[0]!
  const body = {
    recallClass: 'I',
    level: 'consumer',
    source: 'bench',
    reason: 'bench',
    medicineId: packId,
    batchNumbers: [batchNumber],
  } satisfies Parameters<typeof openRecall>[3]
  let id = ''
  const [blockMs = Number.NaN] = await times(1, async () => {
    ;({ id } = await openRecall(database, personCaller(), randomUUID(), body))
  })
  print(`       a recall blocks its batches in ${Math.round(blockMs)} ms`)
  let buyers = 0
  const [tookMs = Number.NaN] = await times(1, async () => {
    const { buyers: named } = await findRecall(database.reads, id)
    let after: string | undefined
    do {
      const page = await findBuyersOf(
        database.reads,
        id,
        after === undefined ? { limit: 100 } : { limit: 100, after },
      )
      buyers += page.items.length
      after = page.next ?? undefined
    } while (after !== undefined)
    assert.equal(buyers, named, 'the list is not everybody')
  })
  assert.equal(buyers, orders / 100)
  printFigure(
    atMost({
      what: 'recall: its account and all its buyers, page after page',
      size: `${buyers} buyers among ${orders} orders`,
      measured: tookMs,
      target: 1_000,
      unit: 'ms',
    }),
  )
}

async function times(
  turnsMax: number,
  work: (turn: number) => Promise<unknown>,
): Promise<number[]> {
  const timesMs: number[] = []
  for (let turn = 0; turn < turnsMax; turn++) {
    const started = performance.now()
    await work(turn)
    timesMs.push(performance.now() - started)
  }
  return timesMs
}

async function count(what: string): Promise<number> {
  const { rows } = await owner.query<{ found: string }>(`select count(*) as found from ${what}`)
  return Number(rows[0]!.found)
}

function atMost(figure: Omit<Figure, 'must' | 'peer'>): Figure {
  return { ...figure, must: 'at_most', peer: noPeer }
}

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal } from '#kernel/refusal'
import type { TestDatabase } from '#kernel/testing'
import { inTransaction, type Tx } from '#kernel/transaction'
import {
  blockBatches,
  defaultStore,
  findReservations,
  issueLoose,
  issueReserved,
  releaseBlocked,
  releaseHold,
  reserve,
  returnToQuarantine,
  returnToShelf,
  setExpiredApart,
  sweepLapsedHolds,
} from '#modules/stock'
import { addLots, addPack, monthFromToday, personCaller } from './shelf-for-tests.ts'
import { cutSome } from './stock-simulation-cuts.ts'
import { StockSimulationTrips } from './stock-simulation-trips.ts'

/** Faults put in on purpose, to show that the simulation would see them. */
export type Planted = 'dropped_release' | 'double_issue'

export interface SimulationOptions {
  readonly seed: number
  readonly packs: number
  /** How many people act at the same moment. */
  readonly actors: number
  readonly until: () => boolean
  readonly planted?: Planted
}

export interface SimulationEnd {
  readonly steps: number
  readonly days: number
  readonly issuedUnits: number
  readonly refused: number
  readonly crashes: number
  readonly trips: number
}

class Crash extends Error {}

const daysPerNight = 40
const roundsPerNight = 6
const caller = personCaller()

/**
 * A pharmacy left to chance: goods arrive, customers reserve, pack, cancel and return, batches expire and are recalled,
 * requests are repeated, arrive late or die before their commit, and nights of weeks pass. After each round the books
 * are compared with what the functions answered, from outside. The same seed draws the same acts.
 */
export class StockSimulation {
  readonly #own: TestDatabase
  readonly #options: SimulationOptions
  readonly #random: () => number
  readonly #packIds: string[] = []
  readonly #causes: string[] = []
  /** What every pack must have on hand, in units, by what the functions answered so far. */
  readonly #expected = new Map<string, number>()
  readonly #trips: StockSimulationTrips
  #storeId = ''
  #days = 0
  #end = { steps: 0, issuedUnits: 0, refused: 0, crashes: 0 }

  constructor(own: TestDatabase, options: SimulationOptions) {
    this.#own = own
    this.#options = options
    this.#random = seeded(options.seed)
    this.#trips = new StockSimulationTrips(own, (packId, units) => this.#expect(packId, units))
  }

  /** Runs to the end and proves the books after each round; rejects with what does not agree. */
  async run(): Promise<SimulationEnd> {
    this.#storeId = (await defaultStore(this.#own.database.db)).id
    await this.#trips.open(this.#storeId)
    for (let index = 0; index < this.#options.packs; index++) {
      this.#packIds.push(await addPack(this.#own.database))
      await this.#receive(this.#packIds[index]!)
    }
    for (let round = 1; !this.#options.until(); round++) {
      const acts = Array.from({ length: this.#options.actors }, () => this.#draw())
      await Promise.all(acts.map(act => this.#perform(act)))
      await this.#assertBooksAgree()
      if (round % roundsPerNight === 0) await this.#passNight()
    }
    await this.#assertHoldsEnd()
    return { ...this.#end, days: this.#days, trips: this.#trips.acts }
  }

  /** Everything random about an act is drawn before anybody acts, so that the seed alone decides. */
  #draw(): () => Promise<void> {
    const packId = this.#packIds[this.#below(this.#packIds.length)]!
    const other = this.#packIds[this.#below(this.#packIds.length)]!
    const [packs, hours] = [1 + this.#below(4), this.#below(3) * 24]
    const [units, missing] = [1 + this.#below(35), this.#below(4)]
    const causeId = this.#causes[this.#below(Math.max(this.#causes.length, 1))] ?? randomUUID()
    const isCrash = this.#below(8) === 0
    const lines = [packId, other].map(id => ({ packId: id, packs }))
    const acts: readonly (readonly [number, () => Promise<void>])[] = [
      [4, () => this.#receive(packId)],
      [9, () => this.#reserve(lines, hours, isCrash)],
      [5, () => this.#issue(causeId, isCrash)],
      [3, () => this.#issue(causeId, isCrash, 1 + (units % 9))],
      // A repeated or late request: the same act twice, at once.
      [2, () => this.#issueTwice(causeId)],
      [4, () => this.#release(causeId, isCrash)],
      [1, () => this.#takeBack(causeId, tx => returnToShelf(tx, caller, causeId), isCrash)],
      [1, () => this.#takeBack(causeId, tx => returnToQuarantine(tx, caller, causeId), isCrash)],
      [1, () => this.#recall(packId)],
      [2, () => this.#sellLoose(packId, units, isCrash)],
      [1, () => this.#trips.send(packId, units)],
      [2, () => this.#trips.receive(missing)],
      [1, () => this.#trips.warm()],
      [1, () => this.#trips.decide(missing === 0)],
      [1, async () => void (await sweepLapsedHolds(this.#own.database))],
    ]
    let left = this.#below(acts.reduce((sum, [weight]) => sum + weight, 0))
    const [, act] = acts.find(([weight]) => (left -= weight) < 0)!
    return act
  }

  async #perform(act: () => Promise<void>): Promise<void> {
    this.#end.steps++
    try {
      await act()
    } catch (error) {
      if (error instanceof Crash) this.#end.crashes++
      else if (error instanceof Refusal) this.#end.refused++
      else throw error
    }
  }

  #within<T>(isCrash: boolean, work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.#own.database, caller, async tx => {
      const result = await work(tx)
      if (isCrash) throw new Crash('the process died before the commit')
      return result
    })
  }

  async #receive(packId: string): Promise<void> {
    const [packs, life] = [4 + this.#below(20), 60 + this.#below(500)]
    const expiry = await monthFromToday(this.#own.database, life)
    await addLots(this.#own.database, [{ packId, packs, expiry }])
    this.#expect(packId, packs * 10)
  }

  async #reserve(lines: { packId: string; packs: number }[], holdHours: number, isCrash: boolean) {
    const causeId = randomUUID()
    const request = { storeId: this.#storeId, causeId, lines, holdHours }
    const { outcome } = await this.#within(isCrash, tx => reserve(tx, caller, request))
    if (outcome === 'reserved') this.#causes.push(causeId)
  }

  async #issue(causeId: string, isCrash: boolean, pieceUnits = 0): Promise<void> {
    const held = await findReservations(this.#own.database.db, [causeId])
    const whole = held.map(({ packId, batchId, packs }) => ({ packId, batchId, packs }))
    const { picks, cuts } = await cutSome(this.#own.database.db, this.#storeId, whole, pieceUnits)
    const issued = await this.#within(isCrash, async tx => {
      const left = await issueReserved(tx, caller, { causeId, picks, cuts })
      if (this.#options.planted === 'double_issue') await plantDoubleIssue(tx, causeId)
      return left
    })
    for (const one of issued) this.#expect(one.packId, -one.units)
    this.#end.issuedUnits += issued.reduce((sum, one) => sum + one.units, 0)
  }

  /** Both are over when this is, also when one is refused before the other has ended: the night ends every connection. */
  async #issueTwice(causeId: string): Promise<void> {
    const answers = await Promise.allSettled([1, 2].map(() => this.#issue(causeId, false)))
    for (const one of answers) if (one.status === 'rejected') throw one.reason
  }

  async #sellLoose(packId: string, units: number, isCrash: boolean): Promise<void> {
    const request = { storeId: this.#storeId, causeId: randomUUID(), packId, units }
    const issued = await this.#within(isCrash, tx => issueLoose(tx, caller, request))
    for (const one of issued) this.#expect(packId, -one.units)
    this.#end.issuedUnits += units
  }

  async #release(causeId: string, isCrash: boolean): Promise<void> {
    if (this.#options.planted === 'dropped_release') {
      await sql`
        update stock.reservation set state = 'released', ended_at = kernel.now()
        where cause_id = ${causeId} and state = 'held'`.execute(this.#own.database.db)
      return
    }
    await this.#within(isCrash, tx => releaseHold(tx, caller, causeId))
  }

  async #takeBack(causeId: string, back: (tx: Tx) => Promise<number>, isCrash: boolean) {
    const returned = await this.#within(isCrash, async tx => {
      const from = await sql<{ max: number }>`
        select coalesce(max(id), 0) as max from stock.movement where cause_id = ${causeId}`.execute(
        tx,
      )
      await back(tx)
      return sql<{ packId: string; units: number }>`
        select batch.pack_id as "packId", sum(on_hand_delta)::integer as units
        from stock.movement join stock.batch on batch.id = movement.batch_id
        where cause_id = ${causeId} and kind = 'returned' and movement.request_id = ${caller.requestId}
          and movement.id > ${from.rows[0]!.max} and movement.written_in = pg_current_xact_id()
        group by batch.pack_id`.execute(tx)
    })
    for (const one of returned.rows) this.#expect(one.packId, one.units)
  }

  async #recall(packId: string): Promise<void> {
    const { database } = this.#own
    const { rows } = await sql<{ id: string }>`
      select id from stock.batch where pack_id = ${packId} and hold is null order by id limit 1`.execute(
      database.db,
    )
    const batchIds = rows.map(row => row.id)
    await this.#within(false, tx =>
      blockBatches(tx, caller, batchIds, { kind: 'recall', id: randomUUID(), note: 'simulated' }),
    )
    for (const causeId of this.#causes.slice(-5)) {
      await this.#within(false, tx => releaseBlocked(tx, caller, causeId))
    }
  }

  async #passNight(): Promise<void> {
    this.#days += 1 + this.#below(daysPerNight)
    await this.#own.moveClock(`${this.#days} days`)
    await sweepLapsedHolds(this.#own.database)
    await setExpiredApart(this.#own.database)
    await this.#assertBooksAgree()
  }

  #expect(packId: string, units: number): void {
    this.#expected.set(packId, (this.#expected.get(packId) ?? 0) + units)
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit)
  }

  async #assertBooksAgree(): Promise<void> {
    const { rows: wrong } = await sql<{ what: string; id: string }>`
      select 'a balance is not the sum of its movements' as what, batch_id::text as id from stock.discrepancy
      union all select 'units left one shelf and reached none', batch_id::text from stock.unpaired_move
      union all select 'a negative or oversold balance', batch_id::text from stock.balance
        where on_hand < 0 or reserved < 0 or reserved > on_hand
      union all select 'expired units were issued', batch_id::text
        from stock.movement join stock.batch on batch.id = movement.batch_id
        where kind = 'issued' and batch.expires_on < (movement.at at time zone 'Asia/Kolkata')::date
      limit 5`.execute(this.#own.database.db)
    assert.deepEqual(wrong, [], `seed ${this.#options.seed}, step ${this.#end.steps}`)
    const { rows } = await sql<{ packId: string; units: number }>`
      select batch.pack_id as "packId", sum(on_hand)::integer as units
      from stock.balance join stock.batch on batch.id = balance.batch_id
      where batch.pack_id = any(${this.#packIds}::uuid[]) group by batch.pack_id`.execute(
      this.#own.database.db,
    )
    for (const { packId, units } of rows) {
      const sentence = `seed ${this.#options.seed}, step ${this.#end.steps}: other units are on hand than were answered`
      assert.equal(units, this.#expected.get(packId), sentence)
    }
  }

  async #assertHoldsEnd(): Promise<void> {
    await this.#own.moveClock(`${this.#days + 3} days`)
    await sweepLapsedHolds(this.#own.database)
    const { rows } =
      await sql`select id from stock.reservation where state = 'held' limit 5`.execute(
        this.#own.database.db,
      )
    assert.deepEqual(rows, [], 'a hold has no end')
    await this.#assertBooksAgree()
  }
}

/** A second movement for what already left: the ledger still agrees with itself, only the shelf does not. */
async function plantDoubleIssue(tx: Tx, causeId: string): Promise<void> {
  await sql`
    insert into stock.movement (batch_id, store_id, state, bin, kind, on_hand_delta, reserved_delta, cause_kind,
      cause_id, request_id)
    select movement.batch_id, movement.store_id, movement.state, movement.bin, 'issued', -1, 0, 'order', ${causeId}, 'planted'
    from stock.movement join stock.balance using (batch_id, store_id, state, bin)
    where cause_id = ${causeId} and kind = 'issued' and balance.on_hand > balance.reserved limit 1`.execute(
    tx,
  )
}

/** Numbers from 0 up to 1 that the seed decides (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

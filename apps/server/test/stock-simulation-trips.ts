import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { TestDatabase } from '#kernel/testing'
import { decideExcursion } from '../src/modules/stock/decide-excursion.ts'
import { receiveTransfer } from '../src/modules/stock/receive-transfer.ts'
import { recordReadings } from '../src/modules/stock/record-readings.ts'
import { saveFridge } from '../src/modules/stock/save-fridge.ts'
import { saveStore } from '../src/modules/stock/save-store.ts'
import { sendTransfer } from '../src/modules/stock/send-transfer.ts'
import { personCaller } from './shelf-for-tests.ts'

const caller = personCaller()

/** The part of the simulation where goods travel between two stores, and the shelf they lie on grows warm. */
export class StockSimulationTrips {
  readonly #own: TestDatabase
  /** Told what each act left on hand more or fewer, by what the functions answered. */
  readonly #expect: (packId: string, units: number) => void
  readonly #fridgeId = randomUUID()
  readonly #stores: string[] = []
  /** Acts that went through, so that a run without any cannot pass for one. */
  acts = 0

  constructor(own: TestDatabase, expect: (packId: string, units: number) => void) {
    this.#own = own
    this.#expect = expect
  }

  /** A second store, and a fridge over the bin that arrivals are put into. */
  async open(storeId: string): Promise<void> {
    const { database } = this.#own
    const second = await saveStore(database, caller, { id: randomUUID(), name: 'Simulated' })
    this.#stores.push(storeId, second.id)
    const limits = { storageClass: 'cold', minTenths: 20, maxTenths: 80 } as const
    await saveFridge(database, caller, { id: this.#fridgeId, name: 'F', bin: 'COLD', ...limits })
  }

  /** Sends units of the pack's newest batch from where most of it lies. */
  async send(packId: string, units: number): Promise<void> {
    const { rows } = await sql<{ batchId: string; storeId: string }>`
      select batch_id as "batchId", store_id as "storeId" from stock.balance
      join stock.batch on batch.id = balance.batch_id
      where batch.pack_id = ${packId} and balance.state = 'sellable'
      order by on_hand - reserved desc, batch_id limit 1`.execute(this.#own.database.db)
    const [from] = rows
    if (!from) return
    const toStoreId = this.#stores.find(id => id !== from.storeId)!
    const lines = [{ batchId: from.batchId, units }]
    const trip = { fromStoreId: from.storeId, toStoreId, lines }
    await sendTransfer(this.#own.database, caller, randomUUID(), trip)
    this.acts++
  }

  /** Counts in the oldest transfer on its way, so many units short, twice at once as an impatient person does. */
  async receive(missing: number): Promise<void> {
    const { rows } = await sql<{ id: string; batchId: string; packId: string; units: number }>`
      select transfer.id, batch_id as "batchId", batch.pack_id as "packId", sent_units as units
      from stock.transfer join stock.transfer_line on transfer_line.transfer_id = transfer.id
      join stock.batch on batch.id = transfer_line.batch_id
      where transfer.received_at is null order by serial limit 1`.execute(this.#own.database.db)
    const [trip] = rows
    if (!trip) return
    const goodUnits = Math.max(0, trip.units - missing)
    const line = { batchId: trip.batchId, goodUnits, bin: 'COLD' }
    const lines = [goodUnits < trip.units ? { ...line, shortageReason: 'lost' as const } : line]
    const receipt = { id: trip.id, lines }
    const answers = await Promise.allSettled(
      [1, 2].map(() => receiveTransfer(this.#own.database, caller, randomUUID(), receipt)),
    )
    const taken = answers.filter(one => one.status === 'fulfilled').length
    if (taken > 0) this.#expect(trip.packId, taken * (goodUnits - trip.units))
    for (const one of answers) if (one.status === 'rejected') throw one.reason
  }

  async warm(): Promise<void> {
    const { rows } = await sql<{ now: Date }>`select kernel.now() as now`.execute(
      this.#own.database.db,
    )
    const readings = [{ at: rows[0]!.now.toISOString(), tenths: 140 }]
    const asked = { id: this.#fridgeId, source: 'manual', readings } as const
    await recordReadings(this.#own.database, caller, asked)
    this.acts++
  }

  /** A pharmacist decides over what the fridge's excursion set apart. */
  async decide(isWrittenOff: boolean): Promise<void> {
    const { db } = this.#own.database
    const { rows } = await sql<{ id: string }>`
      select id from stock.excursion where decision is null limit 1`.execute(db)
    const [open] = rows
    if (!open) return
    const decision = isWrittenOff ? 'write_off' : 'release'
    const evidence = 'simulated letter of the maker'
    await decideExcursion(this.#own.database, caller, { id: open.id, decision, evidence })
    const { rows: gone } = await sql<{ packId: string; units: number }>`
      select batch.pack_id as "packId", sum(on_hand_delta)::integer as units
      from stock.movement join stock.batch on batch.id = movement.batch_id
      where cause_kind = 'excursion' and cause_id = ${open.id} and kind = 'written_off' group by 1`.execute(
      db,
    )
    for (const one of gone) this.#expect(one.packId, one.units)
  }
}

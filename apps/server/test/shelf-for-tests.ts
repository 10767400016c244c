import { randomUUID } from 'node:crypto'
import type { BatchState } from '@janta/contracts'
import { sql } from 'kysely'
import { type Caller, systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { type Day, monthOf } from '#kernel/day'
import { inTransaction } from '#kernel/transaction'
import { receiveStock, setApart } from '#modules/stock'

/** Somebody at work, as the HTTP layer would say it; nothing is audited. */
export function personCaller(personId: string = randomUUID()): Caller {
  return { ...systemCaller('test'), personId }
}

export interface PackWanted {
  readonly units?: number
  readonly pricePaise?: number | null
  readonly mrpPaise?: number
  /** `prescription` makes it a Schedule H drug, `h1` one of Schedule H1; anything else is an everyday item. */
  readonly decision?: 'open' | 'prescription' | 'h1'
  readonly name?: string
}

let packs = 0

/** Puts one pack into the catalogue by itself, without the import of a list. Returns its id. */
export async function addPack(database: Database, wanted: PackWanted = {}): Promise<string> {
  const { units = 10, mrpPaise = 10_000, decision = 'open' } = wanted
  const pricePaise = wanted.pricePaise === undefined ? 9_000 : wanted.pricePaise
  const name = wanted.name ?? `Testine ${++packs}`
  const id = randomUUID()
  const salt = { open: null, prescription: 'atorvastatin', h1: 'cefixime' }[decision]
  const drugId = salt === null ? null : await addScheduledDrug(database, salt)
  await sql`
    with medicine as (
      insert into catalogue.medicine
        (clinical_drug_id, name, name_key, kind, form, composition, composition_state, hsn, is_sample, source)
      values (${drugId}::integer, ${name}, lower(${name}), ${drugId === null ? 'device' : 'drug'}, 'tablet', '',
        'stated', '30049099', true, 'test')
      returning id
    )
    insert into catalogue.pack (id, medicine_id, pack_key, label, base_unit, units_per_pack, mrp_paise, price_paise)
    select ${id}, id, ${id}, ${`strip of ${units} tablets`}, 'tablet', ${units}, ${mrpPaise}, ${pricePaise}
    from medicine`.execute(database.db)
  if (pricePaise !== null) await setPrice(database, id, pricePaise, mrpPaise)
  return id
}

export async function setPrice(
  database: Database,
  packId: string,
  pricePaise: number,
  mrpPaise: number,
): Promise<void> {
  await sql`
    insert into catalogue.price (pack_id, from_day, number, price_paise, mrp_paise, source)
    select ${packId}, kernel.today(), 1 + count(*), ${pricePaise}, ${mrpPaise}, 'test'
    from catalogue.price where pack_id = ${packId}`.execute(database.db)
}

async function addScheduledDrug(database: Database, salt: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with drug as (
      insert into catalogue.clinical_drug (equivalence_key, form, release, route, composition)
      values (${randomUUID()}, 'tablet', 'immediate', 'oral', ${`${salt} 10 mg`}) returning id
    )
    insert into catalogue.clinical_drug_salt (clinical_drug_id, position, substance_id, strength, strength_key)
    select drug.id, 1, substance.id, '10 mg', '10mg'
    from drug, catalogue.substance where substance.name = ${salt}
    returning clinical_drug_id as id`.execute(database.db)
  return rows[0]!.id
}

export interface LotWanted {
  readonly packId: string
  readonly packs: number
  readonly expiry?: string
  readonly mrpPaise?: number
  readonly batchNumber?: string
}

/** Receives lots through a real goods receipt. Returns their batch ids in the order given. */
export async function addLots(database: Database, lots: readonly LotWanted[]): Promise<string[]> {
  const receipt = await receiveStock(database, personCaller(), randomUUID(), {
    supplierName: 'Test Wholesale',
    billNumber: randomUUID(),
    lines: lots.map((lot, index) => ({
      medicineId: lot.packId,
      batchNumber: lot.batchNumber ?? `T${index}`,
      expiry: lot.expiry ?? '2099-12',
      mrpPaise: lot.mrpPaise ?? 10_000,
      packs: lot.packs,
    })),
  })
  return receipt.lines.map(line => line.id)
}

/** The month `days` from the database's today. */
export async function monthFromToday(database: Database, days: number): Promise<string> {
  const { rows } = await sql<{ day: Day }>`
    select kernel.today() + ${days}::integer as day`.execute(database.db)
  return monthOf(rows[0]!.day)
}

export async function markBatch(
  database: Database,
  batchId: string,
  state: 'recalled' | 'not_for_sale' | 'on_hold' | 'quarantine' | 'damaged' | 'expired',
): Promise<void> {
  if (state === 'recalled' || state === 'not_for_sale' || state === 'on_hold') {
    await sql`update stock.batch set hold = ${state} where id = ${batchId}`.execute(database.db)
    return
  }
  const caller = personCaller()
  const cause = { kind: 'decision' as const, id: randomUUID(), note: 'test' }
  await inTransaction(database, caller, tx =>
    setApart(tx, caller, { batchIds: [batchId], to: state, cause }),
  )
}

/** What lies of a pack in each state, in base units. */
export async function shelfOf(database: Database, packId: string) {
  const { rows } = await sql<{ state: BatchState; units: number }>`
    select coalesce(batch.hold, balance.state) as state, sum(balance.on_hand)::integer as units from stock.batch
    join stock.balance on balance.batch_id = batch.id
    where batch.pack_id = ${packId} and balance.on_hand > 0 group by 1 order by 1`.execute(
    database.db,
  )
  return rows
}

/** The dispensing book's rows of one order, first expiry first. */
export async function dispensedFor(database: Database, orderId: string) {
  const { rows } = await sql<{
    batchId: string
    packs: number
    pricePaise: number
    reason: string | null
  }>`
    select batch_id as "batchId", packs, price_paise as "pricePaise", reason
    from dispensing.dispensing where order_id = ${orderId} order by expiry_month`.execute(
    database.db,
  )
  return rows
}

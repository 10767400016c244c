import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { type LoosePlan, type Open, planLooseSale } from './loose-plan.ts'
import { writeMoves } from './move-units.ts'

/** Tablets that left from one batch at the counter, with what is printed on its strip. */
export interface IssuedLoose {
  readonly batchId: string
  readonly batchNumber: string
  /** 'YYYY-MM' */
  readonly expiry: string
  readonly units: number
  readonly unitsPerPack: number
  readonly mrpPaise: number
}

interface OpenLot extends Open {
  readonly batchNumber: string
  readonly expiry: string
  readonly mrpPaise: number
}

/**
 * Gives out so many base units of a pack over the counter today for the cause (an order or bill): whole strips first, then
 * strips already cut, and cuts one only for the rest. What was promised to orders stays. Refuses `out_of_stock` with
 * what can be given, and then nothing has moved.
 */
export async function issueLoose(
  tx: Tx,
  caller: Caller,
  request: {
    storeId: string
    causeId: string
    packId: string
    units: number
    courseDays?: number | null
  },
): Promise<IssuedLoose[]> {
  const lots = await lockOpenLots(tx, request)
  const plan = planLooseSale(request.units, lots)
  if (plan.shortUnits > 0) {
    const free = request.units - plan.shortUnits
    throw new Refusal('out_of_stock', `Only ${free} units can be given now. Give fewer.`, {
      values: { left: free },
    })
  }
  await writePlan(tx, caller, request, plan)
  const issued = new Map<string, IssuedLoose>()
  for (const { batchId, units } of plan.takes) {
    const { batchNumber, expiry, unitsPerPack, mrpPaise } = lots.find(
      lot => lot.batchId === batchId,
    )!
    const before = issued.get(batchId)?.units ?? 0
    issued.set(batchId, {
      batchId,
      batchNumber,
      expiry,
      unitsPerPack,
      mrpPaise,
      units: before + units,
    })
  }
  return [...issued.values()]
}

/** Free units that the one rule lets go over the counter today, under their locks; cut strips count as sellable here. */
async function lockOpenLots(
  tx: Tx,
  { storeId, packId, courseDays }: { storeId: string; packId: string; courseDays?: number | null },
): Promise<OpenLot[]> {
  await sql`
    select stock.lock_balances(array(
      select batch.id from stock.batch where pack_id = ${packId} and expires_on >= kernel.today()))`.execute(
    tx,
  )
  const { rows } = await sql<OpenLot>`
    select batch.id as "batchId", balance.bin, balance.state, batch.units_per_pack as "unitsPerPack",
      balance.on_hand - balance.reserved as units, batch.batch_number as "batchNumber",
      batch.expiry_month as expiry, batch.mrp_paise as "mrpPaise"
    from stock.batch
    join stock.balance on balance.batch_id = batch.id and balance.store_id = ${storeId}
      and balance.state in ('sellable', 'loose') and balance.on_hand > balance.reserved
    where batch.pack_id = ${packId}
      and stock.why_not_issuable(batch.hold, 'sellable', batch.expires_on, batch.storage_class,
        array[batch.storage_class], kernel.today(), kernel.today(), ${courseDays ?? 0}::integer) is null
    order by batch.expires_on, batch.received_at, batch.id, balance.state, balance.bin
    for share of batch`.execute(tx)
  return rows
}

async function writePlan(
  tx: Tx,
  caller: Caller,
  { storeId, causeId }: { storeId: string; causeId: string },
  { cut, takes }: LoosePlan,
): Promise<void> {
  if (cut) {
    const { batchId, bin, units } = cut
    const pair = [
      { batchId, storeId, state: 'sellable' as const, bin, units: -units },
      { batchId, storeId, state: 'loose' as const, bin, units },
    ]
    await writeMoves(tx, caller, 'repacked', pair, { kind: 'repack', id: newId() })
  }
  const moves = takes.map(({ batchId, bin, from, units }) => ({
    batchId,
    storeId,
    state: from,
    bin,
    units: -units,
  }))
  await writeMoves(tx, caller, 'issued', moves, { kind: 'order', id: causeId })
}

import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { PackFacts } from '#modules/catalogue'
import { assertRegisteredOnDuty, type Registration } from '#modules/identity'
import { type Coverage, holdForDispensing, recordDispensed } from '#modules/prescriptions'
import type { CutOfPack } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/day'
import type { Tx } from '#kernel/transaction'
import type { DispensedRow } from './invoice-dispensed.ts'
import { writeRegisterEntries } from './write-register-entries.ts'

/** What the prescription lines of an order rest on, and who answers for the supply. */
export interface Cover {
  /** The Indian day of the supply. */
  readonly on: Day
  readonly pharmacist: Registration
  readonly packs: ReadonlyMap<string, PackFacts>
  readonly lines: ReadonlyMap<number, Coverage>
}

/**
 * Before anything leaves the shelf: the caller is a registered pharmacist on duty at the store, and each line that
 * needs a prescription is covered by one today (Drugs Rules 65(2), 65(9)). Null when no line needs one. Refuses
 * `pharmacist_not_registered`, `pharmacist_not_on_duty`, and as `holdForDispensing`.
 */
export async function coverOrder(
  tx: Tx,
  caller: Caller,
  order: {
    orderId: string
    storeId: string
    lines: readonly {
      line: number
      packId: string
      quantity: number
      cut: CutOfPack | null
      needsPrescription: boolean
    }[]
    packs: ReadonlyMap<string, PackFacts>
  },
): Promise<Cover | null> {
  const { orderId, storeId, packs } = order
  const needing = order.lines.filter(line => line.needsPrescription)
  if (needing.length === 0) return null
  const pharmacist = await assertRegisteredOnDuty(tx, caller, storeId)
  const { rows } = await sql<{ on: Day }>`select kernel.today() as on`.execute(tx)
  const on = rows[0]!.on
  const coverage = await holdForDispensing(tx, {
    orderId,
    storeId,
    on,
    lines: needing.map(({ line, packId, quantity, cut }) => ({
      line,
      packId,
      units: cut
        ? (quantity - 1) * cut.unitsPerPack + cut.pieceUnits
        : quantity * (packs.get(packId)?.unitsPerPack ?? 1),
    })),
  })
  return { on, pharmacist, packs, lines: new Map(coverage.map(one => [one.line, one])) }
}

/**
 * After it left, one row a batch: uses the prescribed quantity up and writes the registers (Drugs Rules 65(3)). Answers
 * the serial of each line in the prescription register, by line number.
 */
export async function bookSupply(
  tx: Tx,
  caller: Caller,
  supply: { orderId: string; storeId: string; cover: Cover; rows: readonly DispensedRow[] },
): Promise<ReadonlyMap<number, number>> {
  const { orderId, storeId, cover, rows } = supply
  const items = rows.flatMap(({ id, order_line, units }) => {
    const covered = cover.lines.get(order_line)
    return covered
      ? [{ prescriptionItemId: covered.prescriptionItemId, units, dispensingId: id }]
      : []
  })
  await recordDispensed(tx, caller, { orderId, on: cover.on, items })
  const entries = rows.flatMap(row => {
    const coverage = cover.lines.get(row.order_line)
    if (!coverage) return []
    const manufacturer = cover.packs.get(row.pack_id)?.manufacturer
    assert(manufacturer !== undefined, 'a pack that was dispensed is in the catalogue')
    return [{ ...entryOf(row, coverage), manufacturer }]
  })
  const numbers = await writeRegisterEntries(tx, caller, {
    orderId,
    storeId,
    on: cover.on,
    pharmacist: cover.pharmacist,
    entries,
  })
  return new Map(numbers.toReversed().map(({ line, serial }) => [line, serial]))
}

function entryOf(row: DispensedRow, coverage: Coverage) {
  return {
    dispensingId: row.id,
    line: row.order_line,
    packId: row.pack_id,
    batchNumber: row.batch_number,
    expiry: row.expiry_month,
    packs: row.packs,
    units: row.units,
    coverage,
  }
}

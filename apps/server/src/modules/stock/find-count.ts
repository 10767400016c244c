import type { getCount as contract, RequestOf, StockCount } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type Reader } from '#modules/catalogue'
import { findNames } from '#modules/identity'
import { isId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { countPlaces, isWaiting } from './count-places.ts'
import { findCountHead } from './find-counts.ts'

const linesMax = 200
const noId = '00000000-0000-0000-0000-000000000000'
type Line = StockCount['lines'][number]

interface LineFound extends Omit<Line, 'name' | 'counted'> {
  medicineId: string
  lineId: string | null
  units: number
  ledgerUnits: number
  countedBy: string
  countedAt: Date
  reason: NonNullable<Line['counted']>['reason']
  decision: NonNullable<Line['counted']>['decision']
}

/** A page of a count's sheet in walking order: every position of its bins, with the newest number counted there. */
export async function findCount(
  db: Reader,
  id: string,
  query: RequestOf<typeof contract>['query'],
): Promise<StockCount> {
  const head = await findCountHead(db, id)
  const found = await findLines(db, id, query.show, readCursor(query.after))
  const page = found.slice(0, linesMax)
  const [packs, names] = await Promise.all([
    findPacks(db, [...new Set(page.map(line => line.medicineId))]),
    findNames(db, [...new Set(page.flatMap(line => (line.lineId ? [line.countedBy] : [])))]),
  ])
  const last = page.at(-1)
  return {
    ...head,
    lines: page.map(line => ({
      batchId: line.batchId,
      state: line.state,
      bin: line.bin,
      name: packs.get(line.medicineId)?.name ?? '',
      batchNumber: line.batchNumber,
      expiry: line.expiry,
      unitsPerPack: line.unitsPerPack,
      expectedUnits: head.isBlind ? null : line.expectedUnits,
      counted: line.lineId === null ? null : countedOf(line, line.lineId, names),
    })),
    next: found.length > linesMax && last ? `${last.batchId}.${last.state}.${last.bin}` : null,
  }
}

function countedOf(line: LineFound, id: string, names: ReadonlyMap<string, string>) {
  const { units, ledgerUnits, reason, decision } = line
  const by = names.get(line.countedBy) ?? null
  return { id, units, ledgerUnits, reason, decision, by, at: line.countedAt.toISOString() }
}

async function findLines(
  db: Reader,
  countId: string,
  show: RequestOf<typeof contract>['query']['show'],
  after: ReturnType<typeof readCursor>,
) {
  const { rows } = await sql<LineFound>`
    select balance.batch_id as "batchId", balance.state, balance.bin, batch.pack_id as "medicineId",
      batch.batch_number as "batchNumber", batch.expiry_month as expiry, batch.units_per_pack as "unitsPerPack",
      balance.on_hand as "expectedUnits", last.id as "lineId", last.units, last.ledger_units as "ledgerUnits",
      last.counted_by as "countedBy", last.counted_at as "countedAt", last.reason,
      case when last.units = last.ledger_units then 'none_needed' else coalesce(last.decision, 'waiting') end as decision
    from stock.count ${countPlaces}
    where count.id = ${countId} and (balance.on_hand > 0 or last.id is not null)
      and (${show ?? null}::text is null or (${show ?? null} = 'to_count' and last.id is null)
        or (${show ?? null} = 'waiting' and ${isWaiting}))
      and (balance.bin, balance.batch_id, balance.state) > (${after.bin}, ${after.batchId}::uuid, ${after.state})
    order by balance.bin, balance.batch_id, balance.state limit ${linesMax + 1}`.execute(db)
  return rows
}

function readCursor(cursor: string | undefined) {
  if (cursor === undefined) return { batchId: noId, state: '', bin: '' }
  const [batchId = '', state = '', ...bin] = cursor.split('.')
  if (isId(batchId)) return { batchId, state, bin: bin.join('.') }
  throw new Refusal('malformed_request', 'This page address is broken. Begin the list again.')
}

import type { CounterReturn, OrderReturn } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type PackFacts, type Reader } from '#modules/catalogue'
import { type Dispensed, findDispensed } from '#modules/dispensing'
import { orderNumber } from './order-summary.ts'

export const returnsShownMax = 50

interface Row extends Omit<OrderReturn, 'askedAt' | 'decidedAt'> {
  readonly orderId: string
  readonly number: number
  readonly note: string | null
  readonly recipientName: string
  readonly isPrepaid: boolean
  readonly askedAt: Date
  readonly decidedAt: Date | null
}

interface Wanted {
  readonly id?: string
  readonly orderId?: string
  readonly state?: OrderReturn['state'] | undefined
  readonly limit?: number | undefined
}

async function findRows(db: Reader, wanted: Wanted): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select return.id, return.order_id as "orderId", return.state, return.reason, return.note, answer,
      asked_at as "askedAt", decided_at as "decidedAt", refund_paise as "refundPaise", refund_way as "refundWay",
      reference, credit_note as "creditNote", "order".number, "order".recipient_name as "recipientName",
      "order".payment_method = 'prepaid' as "isPrepaid",
      (select jsonb_agg(jsonb_build_object('medicineId', order_line.pack_id, 'name', order_line.name,
          'askedPacks', asked_packs, 'acceptedPacks', accepted_packs) order by order_line.line)
        from ordering.return_line join ordering.order_line on order_line.order_id = return.order_id
          and order_line.line = return_line.order_line
        where return_line.return_id = return.id) as lines
    from ordering.return join ordering.order on "order".id = return.order_id
    where (${wanted.id ?? null}::uuid is null or return.id = ${wanted.id ?? null}::uuid)
      and (${wanted.orderId ?? null}::uuid is null or return.order_id = ${wanted.orderId ?? null}::uuid)
      and (${wanted.state ?? null}::text is null or return.state = ${wanted.state ?? null}::text)
    order by return.state = 'asked' desc,
      case when return.state = 'asked' then return.asked_at end, return.asked_at desc, return.id
    limit ${wanted.limit ?? returnsShownMax}`.execute(db)
  return rows
}

/** The returns of one order as its customer sees them. */
export async function findReturnsOf(db: Reader, orderId: string): Promise<OrderReturn[]> {
  return (await findRows(db, { orderId })).map(shownOf)
}

/** Returns for the desk: those that wait first, each with the batches that went out. */
export async function findReturns(
  db: Reader,
  wanted: Omit<Wanted, 'orderId'>,
): Promise<CounterReturn[]> {
  const rows = await findRows(db, wanted)
  const dispensed = await findDispensed(db, [...new Set(rows.map(row => row.orderId))])
  const packs = await findPacks(db, [...new Set(dispensed.map(one => one.packId))])
  return rows.map(row => {
    const { orderId, note, recipientName, isPrepaid, number } = row
    const asked = new Set(row.lines.map(line => line.medicineId))
    const batches = dispensed
      .filter(one => one.orderId === orderId && asked.has(one.packId))
      .map(one => batchOf(one, packs.get(one.packId)))
    return {
      ...shownOf(row),
      orderId,
      orderNumber: orderNumber(number),
      note,
      recipientName,
      isPrepaid,
      batches,
    }
  })
}

const scheduled = new Set(['H', 'H1', 'X'])
const chilled = new Set(['cold', 'frozen'])

/**
 * Whether what came back of a pack may only be destroyed: nobody knows how cold it was kept, and a prescription
 * medicine that was in other hands is never sold again.
 */
export function mustBeDestroyed(
  pack: Pick<PackFacts, 'schedules' | 'storageClass'> | undefined,
): boolean {
  if (!pack) return true
  return chilled.has(pack.storageClass) || pack.schedules.some(one => scheduled.has(one))
}

function batchOf(one: Dispensed, pack: PackFacts | undefined): CounterReturn['batches'][number] {
  const { packId, batchId, batchNumber, expiry, packs } = one
  return {
    medicineId: packId,
    name: pack?.name ?? '',
    batchId,
    batchNumber,
    expiry,
    packs,
    mustBeDestroyed: mustBeDestroyed(pack),
  }
}

function shownOf(row: Row): OrderReturn {
  const { id, state, reason, answer, refundPaise, refundWay, reference, creditNote, lines } = row
  return {
    id,
    state,
    reason,
    askedAt: row.askedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    answer,
    refundPaise,
    refundWay,
    reference,
    creditNote,
    lines,
  }
}

import type { Drawer } from '@janta/contracts'
import { sql } from 'kysely'
import { findNames } from '#modules/identity'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import type { Reader } from './intent-row.ts'

interface ShiftFound {
  id: string
  openedAt: Date
  openedBy: string
  floatPaise: number
  nowPaise: number
  closedAt: Date | null
  closedBy: string | null
  expectedPaise: number | null
  countedPaise: number | null
  varianceReason: string | null
}

const movementsMax = 500

/** The id of the open shift, locked so that nothing moves while it is counted; refuses `drawer_not_open`. */
export async function lockOpenShift(tx: Tx): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from payments.drawer_shift where closed_at is null and drawer = 'main' for update`.execute(
    tx,
  )
  if (rows[0]) return rows[0].id
  throw new Refusal('drawer_not_open', 'The drawer is closed. Open it with its float first.')
}

/** What should lie in a drawer: its float and everything that went in and out since. */
export async function expectedIn(tx: Tx, shiftId: string): Promise<number> {
  const { rows } = await sql<{ paise: number }>`
    select (float_paise + coalesce((select sum(amount_paise) from payments.drawer_movement
      where shift_id = drawer_shift.id), 0))::bigint as paise
    from payments.drawer_shift where id = ${shiftId}`.execute(tx)
  return rows[0]?.paise ?? 0
}

/** Shifts with everything that moved in them: the open one, one by its id, or the last closed. */
export async function findShifts(
  db: Reader,
  wanted: { open: true } | { id: string } | { closed: number },
): Promise<Drawer[]> {
  const id = 'id' in wanted ? wanted.id : null
  const closed = 'closed' in wanted
  const limit = 'closed' in wanted ? wanted.closed : 1
  const { rows } = await sql<ShiftFound>`
    select id, opened_at as "openedAt", opened_by as "openedBy", float_paise as "floatPaise",
      (float_paise + coalesce((select sum(amount_paise) from payments.drawer_movement
        where shift_id = drawer_shift.id), 0))::bigint as "nowPaise",
      closed_at as "closedAt", closed_by as "closedBy", expected_paise as "expectedPaise",
      counted_paise as "countedPaise", variance_reason as "varianceReason"
    from payments.drawer_shift
    where case when ${id}::uuid is not null then id = ${id}::uuid else (closed_at is not null) = ${closed} end
    order by opened_at desc, id limit ${limit}`.execute(db)
  return await Promise.all(rows.map(row => showShift(db, row)))
}

async function showShift(db: Reader, shift: ShiftFound): Promise<Drawer> {
  const { rows: movements } = await sql<{
    id: string
    kind: Drawer['movements'][number]['kind']
    amountPaise: number
    orderId: string | null
    note: string | null
    at: Date
    actorId: string
  }>`
    select id, kind, amount_paise as "amountPaise", order_id as "orderId", note, at, actor_id as "actorId"
    from payments.drawer_movement where shift_id = ${shift.id}
    order by at, id limit ${movementsMax}`.execute(db)
  const { rows: counts } = await sql<Drawer['counts'][number]>`
    select denomination_paise as "denominationPaise", pieces from payments.drawer_count
    where shift_id = ${shift.id} order by denomination_paise desc`.execute(db)
  const { openedBy, closedBy, nowPaise, ...own } = shift
  const people = [openedBy, closedBy, ...movements.map(one => one.actorId)]
  const names = await findNames(db, [...new Set(people.filter(one => one !== null))])
  return {
    ...own,
    openedAt: own.openedAt.toISOString(),
    openedBy: names.get(openedBy) ?? null,
    closedAt: own.closedAt?.toISOString() ?? null,
    closedBy: closedBy === null ? null : (names.get(closedBy) ?? null),
    expectedPaise: own.expectedPaise ?? nowPaise,
    movements: movements.map(({ actorId, at, ...one }) => ({
      ...one,
      at: at.toISOString(),
      by: names.get(actorId) ?? null,
    })),
    counts,
  }
}

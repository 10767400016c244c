import { sql } from 'kysely'
import { businessFigures } from '#kernel/business-figures'
import type { Database } from '#kernel/database'

/**
 * How long the oldest prescription that only a pharmacist can move has waited, in the hours the pharmacy answers: the
 * night is not counted, and at night nothing is recorded. One that waits for its customer is not waiting for us.
 */
export async function measureWaiting({ reads }: Database): Promise<void> {
  const { rows } = await sql<{ isOpen: boolean; seconds: number | null }>`
    select now_at between opens_at and closes_at as "isOpen", (
      select extract(epoch from now_at - greatest(opens_at, min(opened_at))) from prescriptions.review
      where state = 'open' having count(*) > 0)::integer as seconds
    from (select kernel.now() as now_at,
      (kernel.today() + ${opensAt}::time) at time zone 'Asia/Kolkata' as opens_at,
      (kernel.today() + ${closesAt}::time) at time zone 'Asia/Kolkata' as closes_at) as clock`.execute(
    reads,
  )
  const [now] = rows
  if (now?.isOpen) businessFigures.reviewWaiting.record(now.seconds ?? 0)
}

/** In India's time; between them somebody is expected at the desk. */
const opensAt = '09:00'
const closesAt = '21:00'

import type { Ageing, ageingKinds } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from './intent-row.ts'
import { findSettings } from './settings.ts'

type Kind = (typeof ageingKinds)[number]
type Bucket = Ageing['buckets'][number]

/** Everything that waits, each with its order, its amount and since when; `$1` is how many days a settlement may take. */
const waiting = (settlementDays: number) => sql`
  select 'held' as kind, intent.order_id, payment.amount_paise, payment.held_at as since
  from payments.payment join payments.intent on intent.id = payment.intent_id
  where payment.held_at is not null and payment.released_at is null
  union all
  select case when refund.state = 'failed' and refund.alarmed_at is not null then 'refund_failed'
      when refund.state = 'proposed' then 'refund_proposed' else 'refund_late' end,
    intent.order_id, refund.amount_paise, refund.asked_at
  from payments.refund join payments.intent on intent.id = refund.intent_id
  where refund.state = 'proposed' or refund.state = 'failed' and refund.alarmed_at is not null
    or refund.state in ('asked', 'sent', 'failed') and refund.expected_by < kernel.today()
  union all
  select 'payment_waiting', order_id, amount_paise, opened_at from payments.intent
  where state in ('created', 'failed', 'authorised') and gateway_order_id is not null
    and opened_at < kernel.now() - interval '1 hour'
  union all
  select 'not_settled', intent.order_id, payment.captured_paise, payment.captured_at
  from payments.payment join payments.intent on intent.id = payment.intent_id
  where payment.captured_at < kernel.now() - make_interval(days => ${settlementDays}) and not exists (
    select from payments.settlement_line where entity_id = payment.id and kind = 'payment')
  union all
  select 'cash_with_rider', order_id, amount_paise, decided_at from payments.door_due
  where state = 'cash' and shift_id is null
  union all
  select 'door_undecided', order_id, amount_paise, expected_at from payments.door_due
  where state = 'expected' and expected_at < kernel.now() - interval '1 day'`

/** Money that should have arrived by now, in or out: how much of each kind by its age, and the oldest of them. */
export async function findAgeing(
  db: Reader,
  { kind, limit }: { kind: Kind | null; limit: number },
): Promise<Ageing> {
  const { settlementWorkingDays } = await findSettings(db)
  const all = waiting(settlementWorkingDays * 2 + 2)
  const { rows: buckets } = await sql<Bucket>`
    select kind, count(*) filter (where since > kernel.now() - interval '1 day')::integer as "dayCount",
      count(*) filter (where since <= kernel.now() - interval '1 day'
        and since > kernel.now() - interval '7 days')::integer as "weekCount",
      count(*) filter (where since <= kernel.now() - interval '7 days')::integer as "olderCount",
      sum(amount_paise)::bigint as "totalPaise"
    from (${all}) as waiting group by kind order by kind`.execute(db)
  const { rows: items } = await sql<{
    kind: Kind
    orderId: string
    amountPaise: number
    since: Date
  }>`
    select kind, order_id as "orderId", amount_paise as "amountPaise", since
    from (${all}) as waiting where ${kind}::text is null or kind = ${kind}::text
    order by since, order_id limit ${limit}`.execute(db)
  return { buckets, items: items.map(one => ({ ...one, since: one.since.toISOString() })) }
}

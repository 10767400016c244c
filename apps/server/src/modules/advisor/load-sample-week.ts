import { sql } from 'kysely'
import type { Database } from '#kernel/database'
import { addToSpread, type Spread } from '#kernel/spread'
import { dayMs, dayOf, hourMs, hourOfDay } from './trace.ts'

const days = 8

/**
 * Eight days of an invented calm shop, so that whoever tries the pharmacy sees what the advice looks like. Where
 * anything was measured already, nothing is added: invented figures never mix with real ones.
 */
export async function loadSampleWeek(database: Database): Promise<void> {
  const now = Math.floor(Date.now() / hourMs) * hourMs
  const rows = []
  for (let at = now - days * dayMs; at < now; at += hourMs) rows.push(...sampleHour(at))
  await sql`
    insert into advisor.hour (hour, service, name, label, count, total, most, spread)
    select hour, service, name, label, count, total, most, spread
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(hour timestamptz, service text,
      name text, label text, count bigint, total bigint, most bigint, spread jsonb)
    where not exists (select from advisor.hour) and not exists (select from advisor.sample)`.execute(
    database.db,
  )
}

/** How a shop's day runs: asleep till seven, busy before lunch, busiest in the evening; Sunday is half a day. */
function loadAt(at: number): number {
  const bell = (middle: number) => Math.exp(-((hourOfDay(at) - middle) ** 2) / 12)
  const isSunday = (dayOf(at) + 4) % 7 === 0
  return Math.min(1, 0.05 + 0.55 * bell(11) + 0.95 * bell(19)) * (isSunday ? 0.6 : 1)
}

function sampleHour(at: number) {
  const load = loadAt(at)
  const wobble = 0.9 + ((at / hourMs) % 7) / 35
  const hour = new Date(at).toISOString()
  const row = (service: string, name: string, label: string, value: number, count: number) => {
    const spread: Spread = {}
    const whole = Math.round(value)
    for (let times = 1; times <= Math.min(count, 20); times++) addToSpread(spread, whole)
    return { hour, service, name, label, count, total: whole * count, most: whole, spread }
  }
  const looks = hourMs / 5_000
  const milli = 1_000
  return [
    row(
      'web',
      'http.duration',
      '',
      (60 + 60 * load) * milli * wobble,
      Math.round(1_800 * load) + 5,
    ),
    row('web', 'http.waited', 'own', 15 * milli, 20),
    row('web', 'http.waited', 'pool', milli, 20),
    row('web', 'http.waited', 'database', 45 * milli * wobble, 20),
    row('web', 'process.cpu', '', (30 + 220 * load) * wobble, looks * 2),
    row('web', 'process.memory', '', 350 + 100 * load, looks * 2),
    row('web', 'process.loop_delay', '', 11 * milli * wobble, 20),
    row('worker', 'process.cpu', '', 40 + 120 * load, looks),
    row('worker', 'jobs.oldest_ready', '', 1 + 2 * load, 60),
    row('worker', 'database.sessions_active', '', Math.round(load), 60),
    row('worker', 'database.connections', 'open', 24, 60),
    row('worker', 'database.connections', 'allowed', 225, 60),
  ]
}

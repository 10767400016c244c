import { type Kysely, sql } from 'kysely'
import type { Tx } from '#kernel/transaction'

export interface PinCodeRow {
  readonly pin: string
  readonly district: string
  readonly state: string
}

/** Adds or corrects PIN codes, each at most once in `rows`, and keeps what it changed under `runId`. */
export async function storePinCodes(
  tx: Tx,
  rows: readonly PinCodeRow[],
  runId: string,
): Promise<{ added: number; changed: number }> {
  const { rows: counts } = await sql<{ added: number; changed: number }>`
    with given as (
      select * from unnest(${rows.map(row => row.pin)}::text[], ${rows.map(row => row.district)}::text[],
        ${rows.map(row => row.state)}::text[]) as given (pin, district, state)
    ), before as (
      select pin_code.pin, pin_code.district, pin_code.state from delivery.pin_code join given using (pin)
    ), written as (
      insert into delivery.pin_code (pin, district, state, is_ambiguous)
      select pin, district, state, false from given
      on conflict (pin) do update set district = excluded.district, state = excluded.state
      where (pin_code.district, pin_code.state) is distinct from (excluded.district, excluded.state)
      returning pin, district, state
    ), noted as (
      insert into delivery.pin_code_change (run_id, pin, before, after)
      select ${runId}::uuid, written.pin,
        case when before.pin is not null
          then jsonb_build_object('district', before.district, 'state', before.state) end,
        jsonb_build_object('district', written.district, 'state', written.state)
      from written left join before on before.pin = written.pin
      on conflict (run_id, pin) do nothing
    )
    select count(*) filter (where before.pin is null)::int as added, count(before.pin)::int as changed
    from written left join before on before.pin = written.pin`.execute(tx)
  return counts[0] ?? { added: 0, changed: 0 }
}

/** Puts at most `max` PINs of an import back where they are still as it left them. */
export async function undoPinCodes(
  tx: Tx,
  runId: string,
  max: number,
): Promise<{ restored: number; kept: number }> {
  const { rows } = await sql<{ restored: number; kept: number }>`
    with batch as (
      select change.pin, change.before, pin_code.pin is not null and change.after =
        jsonb_build_object('district', pin_code.district, 'state', pin_code.state) as is_untouched
      from delivery.pin_code_change as change
      left join delivery.pin_code on pin_code.pin = change.pin
      where change.run_id = ${runId} and change.undone is null
      order by change.pin limit ${max}
    ), removed as (
      delete from delivery.pin_code using batch
      where pin_code.pin = batch.pin and batch.is_untouched and batch.before is null
    ), put_back as (
      update delivery.pin_code set district = batch.before ->> 'district', state = batch.before ->> 'state'
      from batch where pin_code.pin = batch.pin and batch.is_untouched and batch.before is not null
    ), marked as (
      update delivery.pin_code_change as change
      set undone = case when batch.is_untouched then 'restored' else 'kept' end
      from batch where change.run_id = ${runId} and change.pin = batch.pin
    )
    select count(*) filter (where is_untouched)::int as restored,
      count(*) filter (where not is_untouched)::int as kept from batch`.execute(tx)
  return rows[0] ?? { restored: 0, kept: 0 }
}

/** The PINs the undoing left as they are, at most `max`. */
export async function findKeptPinCodes(
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  runId: string,
  max: number,
): Promise<string[]> {
  const { rows } = await sql<{ pin: string }>`
    select pin from delivery.pin_code_change where run_id = ${runId} and undone = 'kept'
    order by pin limit ${max}`.execute(db)
  return rows.map(row => row.pin)
}

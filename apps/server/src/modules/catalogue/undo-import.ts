import { type Kysely, sql } from 'kysely'
import type { Tx } from '#kernel/transaction'

const source = 'import undone'

/**
 * Puts at most `max` changes of an import back, the last made first, wherever the pack or medicine is still as the
 * import left it; what somebody changed since is kept and counted. A pack the import added cannot be taken away,
 * because orders and stock may name it: it becomes discontinued and without a price, which nobody can order. Nothing
 * left to do answers zeros.
 */
export async function undoImportChanges(
  tx: Tx,
  runId: string,
  max: number,
): Promise<{ restored: number; kept: number }> {
  const packs = await undoPacks(tx, runId, max)
  if (packs.restored + packs.kept > 0) return packs
  const rates = await undoSupplierPrices(tx, runId, max)
  if (rates.restored + rates.kept > 0) return rates
  return undoMedicines(tx, runId, max)
}

interface Undone {
  restored: number
  kept: number
}
const nothing: Undone = { restored: 0, kept: 0 }

async function undoPacks(tx: Tx, runId: string, max: number): Promise<Undone> {
  const { rows } = await sql<Undone>`
    with batch as (
      select change.number, pack.id, coalesce(change.before, change.after || '{"isDiscontinued": true,
          "popularity": 0, "mrpPaise": null, "pricePaise": null}') as wanted,
        change.after = catalogue.pack_state(pack.label, pack.is_discontinued, pack.popularity, pack.mrp_paise,
          pack.price_paise) as is_untouched,
        pack.price_paise as price_now, pack.mrp_paise as mrp_now
      from catalogue.import_change as change
      join catalogue.pack on pack.id = change.subject_id::uuid
      where change.run_id = ${runId} and change.undone is null and change.subject = 'pack'
      order by change.number desc limit ${max}
    ), put_back as (
      update catalogue.pack set label = wanted ->> 'label', is_discontinued = (wanted -> 'isDiscontinued')::boolean,
        popularity = (wanted -> 'popularity')::real, mrp_paise = (wanted ->> 'mrpPaise')::bigint,
        price_paise = (wanted ->> 'pricePaise')::bigint, changed_at = kernel.now()
      from batch where pack.id = batch.id and batch.is_untouched
    ), priced as (
      insert into catalogue.price (pack_id, from_day, number, price_paise, mrp_paise, source)
      select batch.id, kernel.today(), coalesce(today.number, 0) + 1, (wanted ->> 'pricePaise')::bigint,
        (wanted ->> 'mrpPaise')::bigint, ${source}
      from batch
      left join lateral (
        select max(number) as number from catalogue.price
        where price.pack_id = batch.id and from_day = kernel.today()
      ) as today on true
      where is_untouched and (price_now, mrp_now) is distinct from
        ((wanted ->> 'pricePaise')::bigint, (wanted ->> 'mrpPaise')::bigint)
    ), marked as (
      update catalogue.import_change as change
      set undone = case when batch.is_untouched then 'restored' else 'kept' end
      from batch where change.run_id = ${runId} and change.number = batch.number
    )
    select count(*) filter (where is_untouched)::int as restored,
      count(*) filter (where not is_untouched)::int as kept from batch`.execute(tx)
  return rows[0] ?? nothing
}

async function undoMedicines(tx: Tx, runId: string, max: number): Promise<Undone> {
  const { rows } = await sql<Undone>`
    with batch as (
      select change.number, change.before, medicine.id,
        change.after = catalogue.medicine_state(medicine.clinical_drug_id, medicine.form, medicine.composition,
          medicine.composition_state) as is_untouched
      from catalogue.import_change as change
      join catalogue.medicine on medicine.id = change.subject_id::int
      where change.run_id = ${runId} and change.undone is null and change.subject = 'medicine'
      order by change.number desc limit ${max}
    ), put_back as (
      update catalogue.medicine set clinical_drug_id = (before ->> 'clinicalDrugId')::int, form = before ->> 'form',
        composition = before ->> 'composition', composition_state = before ->> 'compositionState',
        changed_at = kernel.now()
      from batch where medicine.id = batch.id and batch.is_untouched
    ), marked as (
      update catalogue.import_change as change
      set undone = case when batch.is_untouched then 'restored' else 'kept' end
      from batch where change.run_id = ${runId} and change.number = batch.number
    )
    select count(*) filter (where is_untouched)::int as restored,
      count(*) filter (where not is_untouched)::int as kept from batch`.execute(tx)
  return rows[0] ?? nothing
}

async function undoSupplierPrices(tx: Tx, runId: string, max: number): Promise<Undone> {
  const { rows } = await sql<Undone>`
    with batch as (
      select change.number, change.before, change.after ->> 'supplier' as supplier,
        (change.after ->> 'packId')::uuid as pack_id, listed.pack_id is not null and change.after @>
          jsonb_build_object('ratePaise', listed.rate_paise, 'mrpPaise', listed.mrp_paise) as is_untouched
      from catalogue.import_change as change
      left join catalogue.supplier_price as listed on listed.supplier = change.after ->> 'supplier'
        and listed.pack_id = (change.after ->> 'packId')::uuid
      where change.run_id = ${runId} and change.undone is null and change.subject = 'supplier_price'
      order by change.number desc limit ${max}
    ), removed as (
      delete from catalogue.supplier_price as listed using batch
      where listed.supplier = batch.supplier and listed.pack_id = batch.pack_id and batch.is_untouched
        and batch.before is null
    ), put_back as (
      update catalogue.supplier_price as listed set rate_paise = (before ->> 'ratePaise')::bigint,
        mrp_paise = (before ->> 'mrpPaise')::bigint
      from batch
      where listed.supplier = batch.supplier and listed.pack_id = batch.pack_id and batch.is_untouched
        and batch.before is not null
    ), marked as (
      update catalogue.import_change as change
      set undone = case when batch.is_untouched then 'restored' else 'kept' end
      from batch where change.run_id = ${runId} and change.number = batch.number
    )
    select count(*) filter (where is_untouched)::int as restored,
      count(*) filter (where not is_untouched)::int as kept from batch`.execute(tx)
  return rows[0] ?? nothing
}

/** Names of what the undoing left because somebody changed it since, at most `max`. */
export async function findKeptChanges(
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  runId: string,
  max: number,
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select medicine.name || case when pack.id is null then '' else ', ' || pack.label end as name
    from catalogue.import_change as change
    left join catalogue.pack on pack.id =
      case change.subject when 'pack' then change.subject_id::uuid
        when 'supplier_price' then (change.after ->> 'packId')::uuid end
    join catalogue.medicine on medicine.id =
      case change.subject when 'medicine' then change.subject_id::int else pack.medicine_id end
    where change.run_id = ${runId} and change.undone = 'kept'
    order by change.number limit ${max}`.execute(db)
  return rows.map(row => row.name)
}

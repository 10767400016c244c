import { type Kysely, sql } from 'kysely'
import type { Tx } from '#kernel/transaction'
import { manufacturerKey, nameKey } from './name-keys.ts'
import { readForm } from './read-form.ts'
import { readPackLabel } from './read-pack-label.ts'

/** What a distributor's row says of the pack it means. */
export interface PackSought {
  readonly name: string
  readonly manufacturer: string
  readonly packLabel: string
}

export type PackMatch = { packId: string } | { reason: 'unknown' | 'ambiguous' }

/**
 * The pack each row means, in the order given: the same name, the same maker when the row names one, and the same
 * size when it names one. A guess is never made: two candidates are 'ambiguous'.
 */
export async function matchPacks(
  db: Pick<Kysely<unknown>, 'getExecutor'>,
  sought: readonly PackSought[],
): Promise<PackMatch[]> {
  const keys = sought.map(keysOf)
  const { rows } = await sql<{ at: number; ids: string[] }>`
    select given.at::int as at, (array_agg(pack.id order by pack.id))[1:2] as ids
    from unnest(${keys.map(key => key.name)}::text[], ${keys.map(key => key.maker)}::text[],
      ${keys.map(key => key.pack)}::text[]) with ordinality as given (name_key, maker_key, pack_key, at)
    join catalogue.medicine on medicine.name_key = given.name_key
    left join catalogue.manufacturer on manufacturer.id = medicine.manufacturer_id
    join catalogue.pack on pack.medicine_id = medicine.id
      and (given.pack_key is null or pack.pack_key = given.pack_key)
    where given.maker_key is null or manufacturer.name_key = given.maker_key
    group by given.at`.execute(db)
  const found = new Map(rows.map(row => [row.at, row.ids]))
  return sought.map((_, index) => {
    const [id, another] = found.get(index + 1) ?? []
    if (id === undefined) return { reason: 'unknown' }
    return another === undefined ? { packId: id } : { reason: 'ambiguous' }
  })
}

function keysOf({ name, manufacturer, packLabel }: PackSought) {
  const { form } = readForm({ label: packLabel, form: '', name })
  const pack = packLabel.trim() === '' ? null : readPackLabel(packLabel, { form, name })
  return {
    name: nameKey(name),
    maker: manufacturer.trim() === '' ? null : manufacturerKey(manufacturer),
    pack: pack?.isStated ? `${pack.unitsPerPack} ${pack.baseUnit}` : null,
  }
}

export interface SupplierPrice {
  readonly packId: string
  readonly ratePaise: number | null
  readonly mrpPaise: number
}

/**
 * Keeps a distributor's newest rate and MRP of each pack, each pack at most once in `prices`, and what changed under
 * `runId`. The pack's own MRP stays: goods and catalogue lists say that, a distributor may still list old stock.
 */
export async function storeSupplierPrices(
  tx: Tx,
  prices: readonly SupplierPrice[],
  origin: { supplier: string; runId: string },
): Promise<{ added: number; changed: number }> {
  const { rows } = await sql<{ added: number; changed: number }>`
    with given as (
      select * from unnest(${prices.map(one => one.packId)}::uuid[], ${prices.map(one => one.ratePaise)}::bigint[],
        ${prices.map(one => one.mrpPaise)}::bigint[]) as given (pack_id, rate_paise, mrp_paise)
    ), before as (
      select listed.pack_id, listed.rate_paise, listed.mrp_paise
      from catalogue.supplier_price as listed join given using (pack_id) where listed.supplier = ${origin.supplier}
    ), written as (
      insert into catalogue.supplier_price (supplier, pack_id, rate_paise, mrp_paise)
      select ${origin.supplier}, pack_id, rate_paise, mrp_paise from given
      on conflict (supplier, pack_id) do update
        set rate_paise = excluded.rate_paise, mrp_paise = excluded.mrp_paise, listed_on = excluded.listed_on
      where (supplier_price.rate_paise, supplier_price.mrp_paise)
        is distinct from (excluded.rate_paise, excluded.mrp_paise)
      returning pack_id, rate_paise, mrp_paise
    ), noted as (
      insert into catalogue.import_change (run_id, subject, subject_id, before, after)
      select ${origin.runId}::uuid, 'supplier_price', written.pack_id::text,
        case when before.pack_id is not null
          then jsonb_build_object('ratePaise', before.rate_paise, 'mrpPaise', before.mrp_paise) end,
        jsonb_build_object('supplier', ${origin.supplier}::text, 'packId', written.pack_id, 'ratePaise',
          written.rate_paise, 'mrpPaise', written.mrp_paise)
      from written left join before on before.pack_id = written.pack_id
    )
    select count(*) filter (where before.pack_id is null)::int as added, count(before.pack_id)::int as changed
    from written left join before on before.pack_id = written.pack_id`.execute(tx)
  return rows[0] ?? { added: 0, changed: 0 }
}

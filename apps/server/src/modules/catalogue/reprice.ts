import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'
import { recordPrices } from './record-price.ts'
import { capPerPack, priceBelowMrp, sellingPricePaise } from './selling-price.ts'

/** Which packs to look at; null looks at every pack that a rule or a ceiling speaks of. */
export interface RepriceScope {
  readonly packId?: string | null
  readonly manufacturerId?: number | null
  readonly category?: string | null
  readonly drugIds?: readonly number[] | null
}

interface Priced {
  id: string
  pricePaise: number | null
  mrpPaise: number
  unitsPerPack: number
  offBasisPoints: number | null
  ceilingPaise: number | null
  taxRateBasisPoints: number
}

const pageMax = 5_000
const pagesMax = 200
const firstId = '00000000-0000-0000-0000-000000000000'

/**
 * Brings the prices of these packs to what the rules and ceilings in force ask: so much below MRP where a rule
 * stands, else the price there is; never above MRP or ceiling. Each change enters the price history. Returns how
 * many packs changed. Packs without an MRP are left alone, because nothing bounds them yet.
 */
export async function reprice(
  tx: Tx,
  scope: RepriceScope,
  why: { source: string; recordedBy: string | null; reason: string | null },
): Promise<number> {
  let changed = 0
  let after = firstId
  for (let page = 0; page < pagesMax; page++) {
    const packs = await findPriced(tx, scope, after)
    const wanted = packs.flatMap(pack => {
      const pricePaise = priceOf(pack)
      return pricePaise === pack.pricePaise ? [] : [{ pack, pricePaise }]
    })
    if (wanted.length > 0) {
      await recordPrices(tx, {
        packIds: wanted.map(one => one.pack.id),
        pricesPaise: wanted.map(one => one.pricePaise),
        mrpsPaise: wanted.map(one => one.pack.mrpPaise),
        ...why,
      })
    }
    changed += wanted.length
    const last = packs.at(-1)
    if (!last || packs.length < pageMax) return changed
    after = last.id
  }
  return changed
}

function priceOf(pack: Priced): number {
  const asked =
    pack.offBasisPoints === null
      ? (pack.pricePaise ?? pack.mrpPaise)
      : priceBelowMrp(pack.mrpPaise, pack.offBasisPoints)
  const capPaise =
    pack.ceilingPaise === null
      ? null
      : capPerPack({
          ceilingPaise: pack.ceilingPaise,
          units: pack.unitsPerPack,
          taxRateBasisPoints: pack.taxRateBasisPoints,
        })
  return sellingPricePaise({ displayedPaise: asked, mrpPaise: pack.mrpPaise, capPaise })
}

async function findPriced(tx: Tx, scope: RepriceScope, after: string): Promise<Priced[]> {
  const { packId = null, manufacturerId = null, category = null, drugIds = null } = scope
  const { rows } = await sql<Priced>`
    select pack.id, pack.price_paise as "pricePaise", pack.mrp_paise as "mrpPaise",
      pack.units_per_pack as "unitsPerPack", rule.off_basis_points as "offBasisPoints",
      control.ceiling_paise as "ceilingPaise", coalesce(tax.rate_basis_points, 0) as "taxRateBasisPoints"
    from catalogue.pack
    join catalogue.medicine on medicine.id = pack.medicine_id
    left join lateral (
      select newest.off_basis_points from (
        (select off_basis_points, 1 as breadth from catalogue.selling_rule
          where selling_rule.pack_id = pack.id and from_day <= kernel.today()
          order by from_day desc, number desc limit 1)
        union all
        (select off_basis_points, 2 from catalogue.selling_rule
          where selling_rule.manufacturer_id = medicine.manufacturer_id and from_day <= kernel.today()
          order by from_day desc, number desc limit 1)
        union all
        (select off_basis_points, 3 from catalogue.selling_rule
          where selling_rule.category = medicine.category and from_day <= kernel.today()
          order by from_day desc, number desc limit 1)
      ) as newest
      where newest.off_basis_points is not null order by newest.breadth limit 1
    ) as rule on true
    left join lateral (
      select ceiling_paise from catalogue.price_control
      where price_control.clinical_drug_id = medicine.clinical_drug_id
        and price_control.base_unit = pack.base_unit and effective_from <= kernel.today()
        and (effective_to is null or kernel.today() < effective_to)
      order by effective_from desc limit 1
    ) as control on true
    left join lateral (
      select rate_basis_points from catalogue.tax_rate
      where medicine.hsn like hsn_prefix || '%' and effective_from <= kernel.today()
        and (effective_to is null or kernel.today() < effective_to)
      order by length(hsn_prefix) desc limit 1
    ) as tax on true
    where pack.id > ${after}::uuid and pack.mrp_paise is not null
      and (${packId}::uuid is null or pack.id = ${packId}::uuid)
      and (${manufacturerId}::integer is null or medicine.manufacturer_id = ${manufacturerId}::integer)
      and (${category}::text is null or medicine.category = ${category}::text)
      and (${drugIds}::integer[] is null or medicine.clinical_drug_id = any(${drugIds}::integer[]))
      and (rule.off_basis_points is not null or control.ceiling_paise is not null)
    order by pack.id limit ${pageMax}
    for update of pack`.execute(tx)
  return rows
}

import { sql } from 'kysely'
import type { Reader } from './find-packs.ts'

export const equivalentsMax = 10

export interface EquivalentFound {
  readonly id: string
  /** A generic of the government's Jan Aushadhi list: shown for its price, sold only by a Kendra. */
  readonly isJanAushadhi: boolean
}

/**
 * The same medicine of other makers, cheapest per unit first, at most `equivalentsMax`: the packs of its own key, and
 * of keys a pharmacist linked to it, without brands a pharmacist set apart. None for what no counter should exchange
 * by itself: narrow therapeutic index, biologics, inhalers, and whatever has an unknown strength, form or further
 * salt. One statement that reads an index in the order of the answer, however many brands there are.
 */
export async function findEquivalents(db: Reader, packId: string): Promise<EquivalentFound[]> {
  const { rows } = await sql<EquivalentFound>`
    with own as materialized (
      select pack.id, pack.medicine_id, pack.comparable_drug_id as drug_id, pack.base_unit
      from catalogue.pack
      join catalogue.clinical_drug as drug on drug.id = pack.comparable_drug_id and drug.route <> 'inhalation'
      where pack.id = ${packId} and not exists (
        select from catalogue.clinical_drug_salt as salt
        join catalogue.substance on substance.id = salt.substance_id
        left join catalogue.substance as base on base.id = substance.base_id
        where salt.clinical_drug_id = drug.id
          and (substance.is_narrow_therapeutic or substance.is_biologic
            or base.is_narrow_therapeutic or base.is_biologic)
      )
    ), drug as materialized (
      select drug_id as id from own
      union
      select ruled.id from (
        select distinct on (ruling.id) ruling.id, ruling.ruling
        from own cross join lateral (
          select other_drug_id as id, ruling, number from catalogue.equivalence_ruling
          where one_drug_id = own.drug_id and other_drug_id <> own.drug_id and from_day <= kernel.today()
          union all
          select one_drug_id, ruling, number from catalogue.equivalence_ruling
          where other_drug_id = own.drug_id and one_drug_id <> own.drug_id and from_day <= kernel.today()
        ) as ruling
        order by ruling.id, ruling.number desc
      ) as ruled where ruled.ruling = 'linked'
    ), apart as materialized (
      select ruled.id from (
        select distinct on (ruling.id) ruling.id, ruling.ruling
        from own cross join lateral (
          select other_medicine_id as id, ruling, number from catalogue.equivalence_ruling
          where one_medicine_id = own.medicine_id and one_drug_id = other_drug_id and from_day <= kernel.today()
          union all
          select one_medicine_id, ruling, number from catalogue.equivalence_ruling
          where other_medicine_id = own.medicine_id and one_drug_id = other_drug_id
            and from_day <= kernel.today()
        ) as ruling
        order by ruling.id, ruling.number desc
      ) as ruled where ruled.ruling = 'separated'
    )
    select cheap.id, medicine.source = any(${janAushadhiSources as string[]}) as "isJanAushadhi"
    from own cross join drug
    cross join lateral (
      select pack.id, pack.medicine_id, pack.unit_price_milli_paise from catalogue.pack
      where pack.comparable_drug_id = drug.id and pack.base_unit = own.base_unit and pack.id <> own.id
        and not pack.is_discontinued and pack.unit_price_milli_paise is not null
        and not exists (select from apart where apart.id = pack.medicine_id)
      order by pack.unit_price_milli_paise, pack.id limit ${equivalentsMax}
    ) as cheap
    join catalogue.medicine on medicine.id = cheap.medicine_id
    order by cheap.unit_price_milli_paise, cheap.id limit ${equivalentsMax}`.execute(db)
  return rows
}

/** Names under which the list of the Pharmaceuticals and Medical Devices Bureau of India is imported. */
export const janAushadhiSources: readonly string[] = ['jan_aushadhi', 'jan-aushadhi', 'pmbjp']

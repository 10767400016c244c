import type { UnclassifiedSubstance } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from './find-packs.ts'
import { silentSchemes } from './sale-decision.ts'

const limitUsual = 50

/**
 * Substances of which no rule in force says whether a counter may sell them: those with packs on the shelf first,
 * then by the number of packs they hold back. `stockedPackIds` is what lies on the shelf now.
 */
export async function findUnclassified(
  db: Reader,
  stockedPackIds: readonly string[],
  limit = limitUsual,
): Promise<{ items: UnclassifiedSubstance[]; total: number }> {
  const { rows } = await sql<UnclassifiedSubstance & { total: number }>`
    with unknown as (
      select substance.id, substance.display_name as name from catalogue.substance
      where not exists (
        select from catalogue.schedule_rule as rule
        where rule.substance_id in (substance.id, substance.base_id)
          and rule.effective_from <= kernel.today()
          and (rule.effective_to is null or kernel.today() < rule.effective_to)
          and rule.scheme <> all(${[...silentSchemes] as string[]})
      )
    ), held as (
      select unknown.id, unknown.name, count(distinct pack.id)::integer as packs,
        (count(distinct pack.id) filter (where pack.id = any(${stockedPackIds as string[]}::uuid[])))::integer
          as stocked
      from unknown
      join catalogue.clinical_drug_salt as salt on salt.substance_id = unknown.id
      join catalogue.medicine on medicine.clinical_drug_id = salt.clinical_drug_id
      join catalogue.pack on pack.medicine_id = medicine.id and not pack.is_discontinued
      group by unknown.id, unknown.name
    ), page as (
      select id, name, packs, stocked, count(*) over ()::integer as total from held
      order by stocked desc, packs desc, name limit ${limit}
    )
    select page.id, page.name, page.packs, page.stocked as "stockedPacks", page.total,
      array(
        select medicine.name from catalogue.clinical_drug_salt as salt
        join catalogue.medicine on medicine.clinical_drug_id = salt.clinical_drug_id
        where salt.substance_id = page.id order by medicine.id limit 3
      ) as examples
    from page order by page.stocked desc, page.packs desc, page.name limit ${limit}`.execute(db)
  const total = rows[0]?.total ?? 0
  return { items: rows.map(({ total: _total, ...item }) => item), total }
}

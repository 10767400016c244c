import type { BanReach } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from './find-packs.ts'

const examplesMax = 5

/** What a ban says, before it is a row; the arrays run in parallel. */
export interface BanTerms {
  readonly substances: readonly number[]
  /** Null: in any strength. */
  readonly aboveNanograms: readonly (number | null)[]
  readonly route: string | null
  readonly release: string | null
  readonly isExact: boolean
}

/** Packs on sale that hold what is banned, read as `catalogue.is_banned` reads it; a test compares the two. */
export async function findBanReach(db: Reader, ban: BanTerms): Promise<BanReach> {
  const { rows } = await sql<BanReach>`
    with wanted as (
      select * from unnest(${ban.substances as number[]}::int[], ${ban.aboveNanograms as number[]}::bigint[])
        as given (substance_id, above_nanograms)
    ), held as (
      select salt.clinical_drug_id as drug_id, count(distinct wanted.substance_id) as wanted
      from wanted
      join catalogue.substance on wanted.substance_id in (substance.id, substance.base_id)
      join catalogue.clinical_drug_salt as salt on salt.substance_id = substance.id
      where wanted.above_nanograms is null or (salt.strength_key ~ '^[0-9]{1,18}ng$'
        and rtrim(salt.strength_key, 'ng')::bigint > wanted.above_nanograms)
      group by salt.clinical_drug_id
    ), reached as (
      select drug.id from held
      join catalogue.clinical_drug as drug on drug.id = held.drug_id
      where held.wanted = ${ban.substances.length}
        and (${ban.route}::text is null or drug.route = ${ban.route}::text)
        and (${ban.release}::text is null or drug.release = ${ban.release}::text)
        and (not ${ban.isExact}::boolean or (
          select count(*) from catalogue.clinical_drug_salt as salt where salt.clinical_drug_id = drug.id
        ) = ${ban.substances.length})
    ), packs as (
      select medicine.name, pack.popularity from reached
      join catalogue.medicine on medicine.clinical_drug_id = reached.id
      join catalogue.pack on pack.medicine_id = medicine.id and not pack.is_discontinued
    )
    select (select count(*)::integer from packs) as packs, array(
      select name from packs group by name order by max(popularity) desc, name limit ${examplesMax}
    ) as examples`.execute(db)
  return rows[0] ?? { packs: 0, examples: [] }
}

import { sql } from 'kysely'
import type { Day } from '#kernel/day'
import type { Reader } from './find-packs.ts'

/** GST of everything whose HSN begins so, from a day on. */
export interface TariffRate {
  readonly hsnPrefix: string
  readonly rateBasisPoints: number
  readonly effectiveFrom: Day
  /** The first day it no longer holds; null while it does. */
  readonly effectiveTo: Day | null
}

const ratesMax = 2_000

/** The rates that hold on that day, longest prefixes first. */
export async function findTaxRates(db: Reader, day: Day): Promise<TariffRate[]> {
  const { rows } = await sql<TariffRate>`
    select hsn_prefix as "hsnPrefix", rate_basis_points as "rateBasisPoints", effective_from as "effectiveFrom",
      effective_to as "effectiveTo"
    from catalogue.tax_rate
    where effective_from <= ${day}::date and (effective_to is null or ${day}::date < effective_to)
    order by length(hsn_prefix) desc, hsn_prefix limit ${ratesMax}`.execute(db)
  return rows
}

import { sql } from 'kysely'
import { type Between, isWrittenBetween } from '#kernel/look'
import type { Reader } from './find-packs.ts'

/** What of the catalogue was written between two looks. */
export type CatalogueChanges =
  | { readonly kind: 'packs'; readonly packIds: readonly string[] }
  /** So much, or so general (a tax, a ban, a switch), that reading everything again is the shorter way. */
  | { readonly kind: 'many' }

/** Packs whose listing may differ between two looks; more than `limit` are answered as `many`. */
export async function findChangedPacks(
  db: Reader,
  looks: Between,
  limit: number,
): Promise<CatalogueChanges> {
  const { rows } = await sql<{ id: string | null }>`
    select id from (
      (select pack.id from catalogue.pack
        where ${isWrittenBetween('pack.written_in', looks)} limit ${limit + 1})
      union
      (select pack.id from catalogue.medicine join catalogue.pack on pack.medicine_id = medicine.id
        where ${isWrittenBetween('medicine.written_in', looks)} limit ${limit + 1})
      union
      (select pack.id from catalogue.schedule_rule as rule
        join catalogue.substance on rule.substance_id in (substance.id, substance.base_id)
        join catalogue.clinical_drug_salt as salt on salt.substance_id = substance.id
        join catalogue.medicine on medicine.clinical_drug_id = salt.clinical_drug_id
        join catalogue.pack on pack.medicine_id = medicine.id
        where ${isWrittenBetween('rule.written_in', looks)} limit ${limit + 1})
      union
      (select pack.id from catalogue.price_control as control
        join catalogue.medicine on medicine.clinical_drug_id = control.clinical_drug_id
        join catalogue.pack on pack.medicine_id = medicine.id and pack.base_unit = control.base_unit
        where ${isWrittenBetween('control.written_in', looks)} limit ${limit + 1})
      union
      (select null from catalogue.tax_rate
        where ${isWrittenBetween('tax_rate.written_in', looks)} limit 1)
      union
      (select null from catalogue.banned_formulation
        where ${isWrittenBetween('banned_formulation.written_in', looks)} limit 1)
      union
      (select null from catalogue.sale_switch
        where ${isWrittenBetween('sale_switch.written_in', looks)} limit 1)
      union
      (select null from catalogue.sale_switch
        where ${isWrittenBetween('sale_switch.written_in', looks)} limit 1)
      union
      (select null from catalogue.banned_formulation
        where ${isWrittenBetween('banned_formulation.written_in', looks)} limit 1)
    ) as changed order by id nulls first limit ${limit + 1}`.execute(db)
  const packIds = rows.flatMap(row => row.id ?? [])
  const isMany = packIds.length > limit || packIds.length < rows.length
  return isMany ? { kind: 'many' } : { kind: 'packs', packIds }
}

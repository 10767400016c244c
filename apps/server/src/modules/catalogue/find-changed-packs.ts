import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { type Between, isWrittenBetween } from '#kernel/look'
import type { Reader } from './find-packs.ts'

/** What of the catalogue was written between two looks. */
export interface CatalogueChanges {
  readonly packIds: readonly string[]
  /** What may be sold changed for packs that were not written: a schedule, a ban, a switch. */
  readonly isLawChanged: boolean
  /** So much was written, or something so general (a tax), that reading everything again is the shorter way. */
  readonly isMany: boolean
}

/** Packs whose listing may differ between two looks; more than `limit` are not named. */
export async function findChangedPacks(
  db: Reader,
  looks: Between,
  limit: number,
): Promise<CatalogueChanges> {
  const { rows } = await sql<{ packIds: string[]; isLawChanged: boolean; isTaxChanged: boolean }>`
    select array(
        select id from (
          (select pack.id from catalogue.pack
            where ${isWrittenBetween('pack.written_in', looks)} limit ${limit + 1})
          union
          (select pack.id from catalogue.medicine join catalogue.pack on pack.medicine_id = medicine.id
            where ${isWrittenBetween('medicine.written_in', looks)} limit ${limit + 1})
          union
          (select pack.id from catalogue.price_control as control
            join catalogue.medicine on medicine.clinical_drug_id = control.clinical_drug_id
            join catalogue.pack on pack.medicine_id = medicine.id and pack.base_unit = control.base_unit
            where ${isWrittenBetween('control.written_in', looks)} limit ${limit + 1})
        ) as changed order by id limit ${limit + 1}
      ) as "packIds",
      exists (select from catalogue.schedule_rule where ${isWrittenBetween('schedule_rule.written_in', looks)})
        or exists (select from catalogue.sale_switch where ${isWrittenBetween('sale_switch.written_in', looks)})
        or exists (
          select from catalogue.banned_formulation
          where ${isWrittenBetween('banned_formulation.written_in', looks)}) as "isLawChanged",
      exists (select from catalogue.tax_rate where ${isWrittenBetween('tax_rate.written_in', looks)})
        as "isTaxChanged"`.execute(db)
  const [found] = rows
  assert(found, 'a statement without a table answers one row')
  const { packIds, isLawChanged, isTaxChanged } = found
  const isMany = isTaxChanged || packIds.length > limit
  return { packIds: isMany ? [] : packIds, isLawChanged, isMany }
}

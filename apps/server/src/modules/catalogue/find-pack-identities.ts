import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Reader } from './find-packs.ts'

/** What a pack is compared with another by, and checked by at the review desk. */
export interface PackIdentityFacts {
  readonly id: string
  /** The brand in one strength and form, whatever the pack's size. */
  readonly medicine: number
  /** Same salts, strengths, form and release; null where the composition is not stated in full. */
  readonly drug: number | null
  readonly form: string
  /** Base substances in lower case, sorted: a salt stands under the substance it is a salt of. */
  readonly substances: readonly string[]
}

const packsMax = 500

/** The identities of these packs; an id that is no pack's is absent. */
export async function findPackIdentities(
  db: Reader,
  packIds: readonly string[],
): Promise<Map<string, PackIdentityFacts>> {
  if (packIds.length === 0) return new Map()
  assert(packIds.length <= packsMax, `at most ${packsMax} packs are compared at once`)
  const { rows } = await sql<PackIdentityFacts>`
    select pack.id, medicine.id as medicine, medicine.form,
      case when medicine.composition_state = 'stated' then medicine.clinical_drug_id end as drug,
      array(
        select distinct coalesce(base.name, substance.name)
        from catalogue.clinical_drug_salt as salt
        join catalogue.substance on substance.id = salt.substance_id
        left join catalogue.substance as base on base.id = substance.base_id
        where salt.clinical_drug_id = medicine.clinical_drug_id
        order by 1
      ) as substances
    from catalogue.pack join catalogue.medicine on medicine.id = pack.medicine_id
    where pack.id = any(${packIds as string[]}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.id, row]))
}

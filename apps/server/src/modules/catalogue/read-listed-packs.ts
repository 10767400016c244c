import assert from 'node:assert/strict'
import type { MedicineForm, SaleDecision } from '@janta/contracts'
import { sql } from 'kysely'
import { type Between, isWrittenBetween } from '#kernel/look'
import type { Reader } from './find-packs.ts'
import type { SaleFacts } from './sale-decision.ts'
import { readSaleLaw, type SaleLaw } from './sale-law.ts'

/** Everything a search in memory keeps of one pack, and no more. */
export interface ListedPackRow {
  readonly id: string
  readonly name: string
  readonly composition: string
  readonly manufacturer: string
  readonly form: MedicineForm
  readonly packLabel: string
  readonly baseUnit: string
  readonly unitsPerPack: number
  readonly pricePaise: number | null
  readonly mrpPaise: number | null
  readonly popularity: number
  readonly category: string | null
  readonly decision: SaleDecision
  readonly isDiscontinued: boolean
  readonly isSample: boolean
  /** Packs of one medicine share it. */
  readonly medicineId: number
  /** Brands with the same number are the same medicine; 0 where nobody may say so. */
  readonly drugId: number
}

const rowsMax = 10_000
// The control characters that exist to part fields; no name has them, which every read checks by counting.
const between = '\u001f'

type Packed = Record<string, string | null> & { count: number }

// Each column comes as one text: receiving a quarter million rows as rows took longer than finding them.
const packed = sql`
  count(*)::integer as "count", string_agg(id::text, ${between}) as "id", string_agg(name, ${between}) as "name",
  string_agg(composition, ${between}) as "composition", string_agg(manufacturer, ${between}) as "manufacturer",
  string_agg(form, ${between}) as "form", string_agg(label, ${between}) as "packLabel",
  string_agg(base_unit, ${between}) as "baseUnit", string_agg(units_per_pack::text, ${between}) as "unitsPerPack",
  string_agg(coalesce(price_paise::text, ''), ${between}) as "pricePaise",
  string_agg(coalesce(mrp_paise::text, ''), ${between}) as "mrpPaise",
  string_agg(popularity::text, ${between}) as "popularity",
  string_agg(coalesce(category, ''), ${between}) as "category",
  string_agg(coalesce(clinical_drug_id, 0)::text, ${between}) as "clinicalDrugId",
  string_agg(drug_id::text, ${between}) as "drugId", string_agg(medicine_id::text, ${between}) as "medicineId",
  string_agg(kind, ${between}) as "kind", string_agg(composition_state, ${between}) as "compositionState",
  string_agg(coalesce(hsn, ''), ${between}) as "hsn",
  string_agg(case when is_discontinued then '1' else '' end, ${between}) as "isDiscontinued",
  string_agg(case when is_sample then '1' else '' end, ${between}) as "isSample"`
const columns = sql`
  pack.id, medicine.name, medicine.composition, coalesce(manufacturer.name, '') as manufacturer, medicine.form,
  pack.label, pack.base_unit, pack.units_per_pack, pack.price_paise, pack.mrp_paise, pack.popularity,
  medicine.category, medicine.clinical_drug_id, pack.medicine_id, medicine.kind, medicine.composition_state,
  medicine.hsn, pack.is_discontinued, medicine.is_sample,
  case when medicine.composition_state = 'stated' and drug.equivalence_key not like '?%' then drug.id else 0 end
    as drug_id`
const tables = sql`
  catalogue.pack
  join catalogue.medicine on medicine.id = pack.medicine_id
  left join catalogue.clinical_drug as drug on drug.id = medicine.clinical_drug_id
  left join catalogue.manufacturer on manufacturer.id = medicine.manufacturer_id`

/**
 * The catalogue from the pack after `afterId` on (null: from the first), by id, at most `limit` packs: for a copy in
 * memory. `law` is read once by the caller for the whole walk.
 */
export async function readListedPacks(
  db: Reader,
  law: SaleLaw,
  afterId: string | null,
  limit: number,
): Promise<ListedPackRow[]> {
  assert(limit <= rowsMax, `at most ${rowsMax} packs are read at once`)
  const { rows } = await sql<Packed>`
    select ${packed} from (
      select ${columns} from ${tables}
      where pack.id > coalesce(${afterId}::uuid, '00000000-0000-0000-0000-000000000000')
      order by pack.id limit ${limit}
    ) as listed`.execute(db)
  return unpack(rows[0], law)
}

/** The same for named packs; an id that is no pack's is absent. */
export async function readListedPacksOf(
  db: Reader,
  packIds: readonly string[],
): Promise<ListedPackRow[]> {
  if (packIds.length === 0) return []
  assert(packIds.length <= rowsMax, `at most ${rowsMax} packs are read at once`)
  const law = await readSaleLaw(db)
  const { rows } = await sql<Packed>`
    select ${packed} from (
      select ${columns} from ${tables} where pack.id = any(${packIds as string[]}::uuid[]) order by pack.id
    ) as listed`.execute(db)
  return unpack(rows[0], law)
}

function unpack(row: Packed | undefined, law: SaleLaw): ListedPackRow[] {
  if (!row || row.count === 0) return []
  const column = (name: string): string[] => {
    const values = (row[name] ?? '').split(between)
    assert.equal(values.length, row.count, `a ${name} holds the character that parts fields`)
    return values
  }
  const texts = (name: string) => {
    const values = column(name)
    return (i: number) => values[i] as string
  }
  const [id, name, composition, manufacturer] = [
    texts('id'),
    texts('name'),
    texts('composition'),
    texts('manufacturer'),
  ]
  const [form, packLabel, baseUnit, units] = [
    texts('form'),
    texts('packLabel'),
    texts('baseUnit'),
    texts('unitsPerPack'),
  ]
  const [price, mrp, popularity, category] = [
    texts('pricePaise'),
    texts('mrpPaise'),
    texts('popularity'),
    texts('category'),
  ]
  const [clinicalDrugId, drugId, medicineId] = [
    texts('clinicalDrugId'),
    texts('drugId'),
    texts('medicineId'),
  ]
  const [kind, state, hsn] = [texts('kind'), texts('compositionState'), texts('hsn')]
  const [isDiscontinued, isSample] = [texts('isDiscontinued'), texts('isSample')]
  return Array.from({ length: row.count }, (_, i) => ({
    id: id(i),
    name: name(i),
    composition: composition(i),
    manufacturer: manufacturer(i),
    form: form(i) as MedicineForm,
    packLabel: packLabel(i),
    baseUnit: baseUnit(i),
    unitsPerPack: Number(units(i)),
    pricePaise: price(i) === '' ? null : Number(price(i)),
    mrpPaise: mrp(i) === '' ? null : Number(mrp(i)),
    popularity: Number(popularity(i)),
    category: category(i) || null,
    decision: law.decisionOf({
      drugId: Number(clinicalDrugId(i)),
      kind: kind(i),
      form: form(i),
      compositionState: state(i) as SaleFacts['compositionState'],
      hsn: hsn(i),
    }),
    isDiscontinued: isDiscontinued(i) === '1',
    isSample: isSample(i) === '1',
    medicineId: Number(medicineId(i)),
    drugId: Number(drugId(i)),
  }))
}

/** What of the catalogue was written between two looks. */
export type CatalogueChanges =
  | { readonly kind: 'packs'; readonly packIds: readonly string[] }
  /** So much, or so general (a tax), that reading everything again is the shorter way. */
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
      (select null from catalogue.tax_rate
        where ${isWrittenBetween('tax_rate.written_in', looks)} limit 1)
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

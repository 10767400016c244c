import assert from 'node:assert/strict'
import type { MedicineForm, SaleDecision } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from './find-packs.ts'
import type { SaleLaw } from './sale-law.ts'

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
  /** False for what the decision matrix hides: `isOffered`. */
  readonly isOffered: boolean
  /** What the law looks at; packs with the same key are judged alike (`SaleLaw.decide`). */
  readonly lawKey: string
  readonly isDiscontinued: boolean
  readonly isSample: boolean
  /** Packs of one medicine share it. */
  readonly medicineId: number
  /** Brands with the same number are the same medicine; 0 where nobody may say so. */
  readonly drugId: number
  /** Another number when the rows it is made of were written since; the law and the price are judged beside it. */
  readonly mark: number
}

const rowsMax = 10_000
// The control characters that exist to part fields; no name has them, which every read checks by counting.
const between = '\u001f'

const columnNames = [
  'id',
  'name',
  'composition',
  'manufacturer',
  'form',
  'label',
  'baseUnit',
  'units',
  'price',
  'mrp',
  'popularity',
  'category',
  'drugId',
  'medicineId',
  'lawKey',
  'flags',
  'mark',
] as const
type ColumnName = (typeof columnNames)[number]
type Packed = Record<ColumnName, string | null> & { count: number }

// Each column comes as one text: receiving a quarter million rows as rows took longer than finding them.
const packed = sql`
  count(*)::integer as "count",
  string_agg(id::text, ${between}) as "id", string_agg(name, ${between}) as "name",
  string_agg(composition, ${between}) as "composition", string_agg(manufacturer, ${between}) as "manufacturer",
  string_agg(form, ${between}) as "form", string_agg(label, ${between}) as "label",
  string_agg(base_unit, ${between}) as "baseUnit", string_agg(units_per_pack::text, ${between}) as "units",
  string_agg(coalesce(price_paise::text, ''), ${between}) as "price",
  string_agg(coalesce(mrp_paise::text, ''), ${between}) as "mrp",
  string_agg(popularity::text, ${between}) as "popularity",
  string_agg(coalesce(category, ''), ${between}) as "category",
  string_agg(coalesce(comparable_drug_id, 0)::text, ${between}) as "drugId",
  string_agg(medicine_id::text, ${between}) as "medicineId", string_agg(law_key, ${between}) as "lawKey",
  string_agg(flags, ${between}) as "flags", string_agg(mark::text, ${between}) as "mark"`
const columns = sql`
  pack.id, medicine.name, medicine.composition, coalesce(manufacturer.name, '') as manufacturer, medicine.form,
  pack.label, pack.base_unit, pack.units_per_pack, pack.price_paise, pack.mrp_paise, pack.popularity,
  medicine.category, pack.comparable_drug_id, pack.medicine_id,
  coalesce(medicine.clinical_drug_id, 0) || ' ' || medicine.kind || ' ' || medicine.form || ' '
    || medicine.composition_state || ' ' || coalesce(medicine.hsn, '') as law_key,
  case when pack.is_discontinued then 'd' else '' end || case when medicine.is_sample then 's' else '' end as flags,
  hashtext(pack.written_in::text || ' ' || medicine.written_in::text || ' ' || coalesce(manufacturer.xmin::text, ''))
    as mark`
const tables = sql`
  catalogue.pack
  join catalogue.medicine on medicine.id = pack.medicine_id
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
  law: SaleLaw,
  packIds: readonly string[],
): Promise<ListedPackRow[]> {
  if (packIds.length === 0) return []
  assert(packIds.length <= rowsMax, `at most ${rowsMax} packs are read at once`)
  const { rows } = await sql<Packed>`
    select ${packed} from (
      select ${columns} from ${tables} where pack.id = any(${packIds as string[]}::uuid[]) order by pack.id
    ) as listed`.execute(db)
  return unpack(rows[0], law)
}

function unpack(row: Packed | undefined, law: SaleLaw): ListedPackRow[] {
  if (!row || row.count === 0) return []
  const columnsOf = Object.fromEntries(
    columnNames.map(name => {
      const values = (row[name] ?? '').split(between)
      assert.equal(values.length, row.count, `a ${name} holds the character that parts fields`)
      return [name, values]
    }),
  ) as Record<ColumnName, string[]>
  return Array.from({ length: row.count }, (_, i) =>
    listedPack(name => columnsOf[name][i] as string, law),
  )
}

function listedPack(cell: (name: ColumnName) => string, law: SaleLaw): ListedPackRow {
  const [baseUnit, unitsPerPack, flags] = [cell('baseUnit'), Number(cell('units')), cell('flags')]
  const lawKey = cell('lawKey')
  const judged = law.judge({
    lawKey,
    baseUnit,
    unitsPerPack,
    displayedPaise: numberOrNull(cell('price')),
  })
  return {
    id: cell('id'),
    name: cell('name'),
    composition: cell('composition'),
    manufacturer: cell('manufacturer'),
    form: cell('form') as MedicineForm,
    packLabel: cell('label'),
    baseUnit,
    unitsPerPack,
    pricePaise: judged.pricePaise,
    mrpPaise: numberOrNull(cell('mrp')),
    popularity: Number(cell('popularity')),
    category: cell('category') || null,
    decision: judged.decision,
    isOffered: judged.isOffered,
    lawKey,
    isDiscontinued: flags.includes('d'),
    isSample: flags.includes('s'),
    medicineId: Number(cell('medicineId')),
    drugId: Number(cell('drugId')),
    mark: Number(cell('mark')),
  }
}

const numberOrNull = (text: string): number | null => (text === '' ? null : Number(text))

import {
  findKeptChanges,
  listHeadings,
  matchPacks,
  readRupees,
  storeSupplierPrices,
  type SupplierPrice,
  undoImportChanges,
} from '#modules/catalogue'
import type { ListKind, ListPass, Reader, RowCells, RowRemark, Verdict } from './import-kind.ts'

/** A distributor's price list: what it asks for packs the catalogue already knows. */
export const supplierPrices: ListKind = {
  headings: {
    name: listHeadings.name,
    mrp: listHeadings.mrp,
    manufacturer: listHeadings.manufacturer,
    pack: listHeadings.pack,
    rate: ['rate', 'ptr', 'pts', 'purchase rate', 'net rate', 'trade price', 'price to retailer'],
  },
  open: pricesPass,
  undo: undoImportChanges,
  findKept: findKeptChanges,
}

function pricesPass(): ListPass {
  const seen = new Map<string, number>()
  return {
    judge: judgeRow,
    async compare(db, rows) {
      const matches = await matchPacks(db, rows.map(sought))
      return matches.map((match, at) => {
        if ('reason' in match) return unmatched[match.reason]
        const line = rows[at]?.line ?? 0
        const before = seen.get(match.packId)
        seen.set(match.packId, before ?? line)
        return before === undefined || before === line
          ? null
          : { code: 'duplicate', sentence: `The same pack as line ${before}.`, field: 'name' }
      })
    },
    async store(tx, rows, run) {
      return storeSupplierPrices(tx, await pricesOf(tx, rows), {
        supplier: run.source,
        runId: run.id,
      })
    },
  }
}

const unmatched: Readonly<Record<'unknown' | 'ambiguous', RowRemark>> = {
  unknown: {
    code: 'medicine_unknown',
    sentence: 'The catalogue has no such medicine of this maker and pack size. Add it first.',
    field: 'name',
  },
  ambiguous: {
    code: 'medicine_ambiguous',
    sentence: 'Several packs have this name. The row needs its manufacturer and pack size.',
    field: 'name',
  },
}

function judgeRow({ cell }: RowCells): Verdict {
  const remarks: RowRemark[] = []
  const wrong = (code: string, sentence: string, field: string) =>
    remarks.push({ code, sentence, field })
  const [mrp, rate] = [readRupees(cell('mrp')), readRupees(cell('rate'))]
  if (cell('name').trim() === '') wrong('name_missing', 'The row names no medicine.', 'name')
  if (mrp === null || mrp === 0)
    wrong('mrp_unreadable', 'The MRP is not an amount of rupees.', 'mrp')
  if (cell('rate').trim() !== '' && (rate === null || rate === 0))
    wrong('rate_unreadable', 'The rate is not an amount of rupees.', 'rate')
  if (mrp !== null && rate !== null && rate > mrp)
    wrong('rate_above_mrp', 'The rate is above the MRP. Are the two columns exchanged?', 'rate')
  return { isBad: remarks.length > 0, remarks }
}

function sought({ cell }: RowCells) {
  return { name: cell('name'), manufacturer: cell('manufacturer'), packLabel: cell('pack') }
}

async function pricesOf(db: Reader, rows: readonly RowCells[]): Promise<SupplierPrice[]> {
  const matches = await matchPacks(db, rows.map(sought))
  const prices = new Map<string, SupplierPrice>()
  for (const [at, match] of matches.entries()) {
    const cell = rows[at]?.cell
    const mrpPaise = cell ? readRupees(cell('mrp')) : null
    if (!cell || !mrpPaise || 'reason' in match || prices.has(match.packId)) continue
    prices.set(match.packId, {
      packId: match.packId,
      ratePaise: readRupees(cell('rate')),
      mrpPaise,
    })
  }
  return [...prices.values()]
}

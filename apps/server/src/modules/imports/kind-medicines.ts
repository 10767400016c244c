import {
  findKeptChanges,
  janAushadhiRow,
  type ListedPack,
  listHeadings,
  listRowOf,
  noKnownIds,
  readListRow,
  type Remark,
  remember,
  seenPacks,
  storePacks,
  undoImportChanges,
} from '#modules/catalogue'
import type { ListKind, ListPass, RowCells, RowRemark } from './import-kind.ts'

/** Any list of medicines: what it has becomes packs of the catalogue. */
export const catalogueList: ListKind = {
  headings: listHeadings,
  open: () => packsPass(row => readListRow(listRowOf(field => row.cell(field)))),
  undo: undoImportChanges,
  findKept: findKeptChanges,
}

/** The product list of the Pradhan Mantri Bhartiya Janaushadhi Pariyojana. */
export const janAushadhi: ListKind = {
  headings: {
    name: ['generic name', 'generic name of the medicine', 'product name', 'name'],
    mrp: ['mrp', 'mrp in', 'mrp rs'],
    pack: ['unit size', 'pack size', 'unit'],
    code: ['drug code', 'code'],
    group: ['group name', 'therapeutic category', 'group'],
  },
  open: () =>
    packsPass(({ cell }) =>
      readListRow(janAushadhiRow({ name: cell('name'), unitSize: cell('pack'), mrp: cell('mrp') })),
    ),
  undo: undoImportChanges,
  findKept: findKeptChanges,
}

function packsPass(read: (row: RowCells) => ReturnType<typeof readListRow>): ListPass {
  const seen = seenPacks()
  const known = noKnownIds()
  return {
    judge(row) {
      const found = seen.check(read(row), row.line)
      const remarks = 'rejected' in found ? [found.rejected] : found.notices
      return { isBad: 'rejected' in found, remarks: remarks.map(besideCell) }
    },
    async store(tx, rows, run) {
      const packs = rows
        .map(read)
        .flatMap((found): ListedPack[] => ('pack' in found ? [found.pack] : []))
      const origin = { source: run.source, isSample: false, runId: run.id }
      const { added, changed, found } = await storePacks(tx, packs, origin, known)
      return { added, changed, committed: () => remember(known, found) }
    },
  }
}

/** Which cell a reason is about, by the beginning of its code. */
const fieldOfCode: readonly (readonly [RegExp, string])[] = [
  [/^name_/, 'name'],
  [/^mrp_/, 'mrp'],
  [/^pack_|^another_pack/, 'pack'],
  [/^composition_|^strength_|^salt_|^contents_/, 'composition'],
  [/^manufacturer_/, 'manufacturer'],
  [/^discontinued/, 'discontinued'],
]

function besideCell(remark: Remark): RowRemark {
  return { ...remark, field: fieldOfCode.find(([code]) => code.test(remark.code))?.[1] }
}

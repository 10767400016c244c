import assert from 'node:assert/strict'
import {
  type CeilingRow,
  findKeptCeilings,
  type ListedCeiling,
  type ReadCeiling,
  readCeiling,
  standCeilings,
  storeListedCeilings,
  undoListedCeilings,
} from '#modules/catalogue'
import { Refusal } from '#kernel/refusal'
import type { Compared, ListKind, ListPass, Reader, RowCells } from './import-kind.ts'

/** Ceilings as the price authority notifies them: rupees per unit, without GST, from a day on (DPCO 2013). */
export const priceCeilings: ListKind = {
  headings: {
    name: [
      'medicines',
      'name of the scheduled formulation',
      'scheduled formulation',
      'name of formulation',
      'formulation',
      'name of medicine',
      'medicine',
      'generic name',
      'name',
    ],
    ceiling: ['ceiling price', 'ceiling price per unit', 'ceiling', 'revised ceiling price'],
    strength: ['dosage form and strength', 'dosage form & strength', 'strength', 'dosage form'],
    unit: ['unit', 'per unit', 'unit of measure'],
    from: ['effective from', 'with effect from', 'w.e.f.', 'wef', 'effective date', 'date'],
    notification: ['s.o. no. and date', 's.o. no. & date', 'so no', 'notification', 's.o. no.'],
  },
  open: ceilingsPass,
  undo: undoListedCeilings,
  findKept: findKeptCeilings,
}

function ceilingsPass(): ListPass {
  const seen = new Map<string, number>()
  return {
    judge(row) {
      const read = readCeiling(rowOf(row))
      if ('faults' in read) return { isBad: true, remarks: read.faults }
      const key = `${read.equivalenceKey} ${read.baseUnit}`
      const before = seen.get(key)
      if (before === undefined) seen.set(key, row.line)
      else {
        const sentence = `The same formulation and unit as line ${before}.`
        return { isBad: true, remarks: [{ code: 'duplicate', sentence, field: 'name' }] }
      }
      return { isBad: false, remarks: [] }
    },
    async compare(db, rows) {
      const standing = await standCeilings(db, rows.map(readGood))
      return standing.map(one => {
        if ('reason' in one) return unstorable[one.reason]
        return one.isLate ? late : null
      })
    },
    async store(tx, rows, run) {
      if (run.createdBy === null)
        throw new Refusal('not_allowed', 'A person has to bring ceilings in.')
      const { id: runId, source, createdBy: personId } = run
      return storeListedCeilings(tx, await ceilingsOf(tx, rows, source), {
        source,
        runId,
        personId,
      })
    },
  }
}

const unstorable: Readonly<Record<'unknown' | 'later_stands', Compared>> = {
  unknown: {
    code: 'drug_unknown',
    sentence: 'The catalogue has no such drug sold by this unit. Add it first, or leave the row.',
    field: 'name',
  },
  later_stands: {
    code: 'later_stands',
    sentence: 'A ceiling or its absence is entered for that day or a later one already.',
    field: 'from',
  },
}

const late: Compared = {
  code: 'day_over',
  sentence: 'Its day is over: it holds from the day it is stored, and earlier days keep their law.',
  field: 'from',
  isNotice: true,
}

function rowOf({ cell }: RowCells): CeilingRow {
  return {
    name: cell('name'),
    strength: cell('strength'),
    unit: cell('unit'),
    ceiling: cell('ceiling'),
    from: cell('from'),
  }
}

function readGood(row: RowCells): ReadCeiling {
  const read = readCeiling(rowOf(row))
  assert(!('faults' in read), 'only rows judged good come this far')
  return read
}

/** Rows that became wrong since they were judged are left out, and a citation says where each ceiling stands. */
async function ceilingsOf(
  db: Reader,
  rows: readonly RowCells[],
  source: string,
): Promise<ListedCeiling[]> {
  const good = rows.map(readGood)
  const standing = await standCeilings(db, good)
  return standing.flatMap((one, at) => {
    const [row, read] = [rows[at], good[at]]
    if ('reason' in one || !row || !read) return []
    const { baseUnit, ceilingPaise } = read
    return [{ ...one, baseUnit, ceilingPaise, citation: citationOf(row, source) }]
  })
}

const citationMax = 300

function citationOf({ cell, line }: RowCells, source: string): string {
  const [notification, from] = [cell('notification').trim(), cell('from').trim()]
  const said = [notification, from === '' ? '' : `from ${from}`, `${source}, line ${line}`]
  return said
    .filter(part => part !== '')
    .join('; ')
    .slice(0, citationMax)
    .toWellFormed()
}

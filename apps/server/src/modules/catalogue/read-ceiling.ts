import type { Day } from '#kernel/day'
import { isDay } from '#kernel/day'
import { equivalenceKey } from './equivalence-key.ts'
import { compositionOf } from './jan-aushadhi.ts'
import { readComposition } from './read-composition.ts'
import { readForm } from './read-form.ts'
import { readRupees } from './read-money.ts'
import { baseUnitOf } from './read-pack-label.ts'

/** What a list of notified ceilings says in one row. */
export interface CeilingRow {
  /** "Paracetamol", "Amoxicillin (A) + Clavulanic acid (B)", or the whole formulation in one cell. */
  readonly name: string
  /** "Tablet 500mg", "Oral liquid 125mg/5ml"; '' where the name says it. */
  readonly strength: string
  /** "1 Tablet", "per ml"; '' where the form says it. */
  readonly unit: string
  readonly ceiling: string
  readonly from: string
}

export interface ReadCeiling {
  readonly equivalenceKey: string
  readonly baseUnit: string
  /** Paise per base unit, without GST. */
  readonly ceilingPaise: number
  /** Null: the list names no day. */
  readonly from: Day | null
}

/** Why a row cannot be stored, and which of its cells is to blame. */
export interface CeilingFault {
  readonly code: string
  readonly sentence: string
  readonly field: keyof CeilingRow
}

/**
 * Reads a row into the drug it means, as the catalogue keys drugs, and its ceiling. Whatever is not said wholly is a
 * fault: a ceiling is never put on a drug by guessing (DPCO 2013 sets it for one formulation in one strength). Pure.
 */
export function readCeiling(row: CeilingRow): ReadCeiling | { readonly faults: CeilingFault[] } {
  const faults: CeilingFault[] = []
  const fault = (code: string, field: keyof CeilingRow, sentence: string) =>
    faults.push({ code, field, sentence })
  const ceilingPaise = readRupees(row.ceiling)
  if (ceilingPaise === null || ceilingPaise === 0)
    fault('ceiling_unreadable', 'ceiling', 'The ceiling is not an amount of rupees.')
  const from = readDay(row.from)
  if (from === undefined) fault('day_unreadable', 'from', 'The day is not one of the calendar.')
  const drug = readDrug(row)
  if ('fault' in drug) faults.push(drug.fault)
  const form = formOf(row)
  const baseUnit = readUnit(row.unit, form.form)
  if (baseUnit === null)
    fault(
      'unit_unreadable',
      'unit',
      'Of what one unit costs so much is not clear: “1 tablet”, “1 ml”.',
    )
  if (faults.length > 0 || ceilingPaise === null || from === undefined) return { faults }
  if (baseUnit === null || 'fault' in drug) return { faults }
  return { equivalenceKey: drug.key, baseUnit, ceilingPaise, from }
}

type Drug = { readonly key: string } | { readonly fault: CeilingFault }

function readDrug(row: CeilingRow): Drug {
  if (row.name.trim() === '') return faulty('name_missing', 'name', 'The row names no medicine.')
  const composition = row.strength.trim() === '' ? compositionOf(row.name) : joined(row)
  const salts = composition === '' ? null : readComposition(composition)
  if (!salts || salts.some(salt => salt.strength.key === '')) {
    const field = row.strength.trim() === '' ? 'name' : 'strength'
    return faulty('strength_unread', field, 'Each salt needs its strength. Enter this one by hand.')
  }
  const key = equivalenceKey(salts, formOf(row))
  if (key.startsWith('?'))
    return faulty(
      'form_unread',
      'strength',
      'The dosage form is not clear. Enter this one by hand.',
    )
  return { key }
}

function faulty(code: string, field: keyof CeilingRow, sentence: string): Drug {
  return { fault: { code, field, sentence } }
}

function formOf({ name, strength }: CeilingRow) {
  return readForm({ label: strength.trim() === '' ? name : strength, form: '', name: '' })
}

const amount =
  /\d[\d.,]*\s*(?:%(?:\s*w\/[wv])?|mg|mcg|µg|gms?|g|iu|units?|ml)(?:\s*\/\s*\d*\s*(?:ml|g)\b)?/gi
const letter = /\(\s*[A-Z]\s*\)/g

/** The salts of one cell with the strengths of the other, in their order; '' where they are not as many. */
function joined({ name, strength }: CeilingRow): string {
  const salts = name
    .replaceAll(letter, ' ')
    .split(/\s*\+\s*/)
    .map(one => one.replace(/\s+/g, ' ').trim())
  const amounts = strength.match(amount) ?? []
  if (salts.length !== amounts.length) return ''
  return salts.map((salt, at) => `${salt} (${amounts[at]})`).join(' + ')
}

// What one of it is, its form says; a millilitre or a gram has to be named.
const countedForms = new Set(['tablet', 'capsule', 'sachet', 'lozenge', 'suppository', 'patch'])

function readUnit(text: string, form: string): string | null {
  const words = text.toLowerCase().replace(/\s+/g, ' ').trim()
  if (words === '') return countedForms.has(form) ? form : null
  const one = words.replace(/^(?:(?:per|each|one)\s+|1\s*(?=[a-z]))+/, '').replace(/^metered /, '')
  if (/^\d/.test(one)) return null
  return /^(?:vial|ampoule)/.test(one) ? 'vial' : (baseUnitOf(one) ?? null)
}

/** "01.04.2026", "1/4/2026" and "2026-04-01" as a day; null for an empty cell, undefined for what is no day. */
function readDay(text: string): Day | null | undefined {
  const said = text.trim()
  if (said === '') return null
  const [, day, month, year] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(said) ?? []
  const iso = year ? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}` : said
  return isDay(iso) ? iso : undefined
}

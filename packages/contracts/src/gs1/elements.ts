import { isCheckDigitRight } from './check-digit.ts'
import { fieldRuleOf } from './fields.ts'
import { readGs1Date } from './gs1-date.ts'
import type { PackFacts, ScanProblem } from './scan.ts'

/** The field separator (FNC1) as scanners send it. */
export const groupSeparator = '\u001d'

/** Fields of a code, by number, or the first thing wrong with it. */
export type Elements =
  | { readonly fields: ReadonlyMap<string, string> }
  | { readonly problem: ScanProblem }

/**
 * Scanners on a keyboard cannot type a separator and send something for it. These characters cannot stand in any
 * GS1 field, so wherever one of them stands a separator stood.
 */
const replacedSeparators = /<GS>|\{GS\}|\[GS\]|<FNC1>|\\x1d|\\u001d|␝|[#$@[\\\]^`{|}~ \p{Cc}]/giu
const fieldCharacters = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/

/** Reads an element string, fields in any order, each ended by its length, a separator or the end. */
export function readElements(code: string): Elements {
  const text = code.replaceAll(replacedSeparators, groupSeparator)
  const fields = new Map<string, string>()
  let at = 0
  while (at < text.length) {
    if (text[at] === groupSeparator) {
      at++
      continue
    }
    const rule = fieldRuleOf(text.slice(at, at + 4))
    if (!rule) return { problem: 'unknown field' }
    const from = at + rule.digits
    const separator = text.indexOf(groupSeparator, from)
    const end = separator === -1 ? text.length : separator
    const stop = rule.min === rule.max ? Math.min(from + rule.max, end) : end
    const problem = put(fields, text.slice(at, from), text.slice(from, stop))
    if (problem) return { problem }
    at = stop
  }
  return { fields }
}

/** Reads the form printed for people, `(01)08901...(17)271231`; spaces between fields are forgiven. */
export function readBracketed(code: string): Elements {
  const fields = new Map<string, string>()
  // A bracket may stand inside a value, so only one around a field's number ends the field before it.
  const parts = code.split(/\((\d{2,4})\)/)
  if (parts[0]?.trim()) return { problem: 'unknown field' }
  for (let at = 1; at < parts.length; at += 2) {
    const problem = put(fields, parts[at] ?? '', (parts[at + 1] ?? '').trim())
    if (problem) return { problem }
  }
  return { fields }
}

/** Adds one field after checking it. The same field twice with two values is two packs in one code. */
export function put(fields: Map<string, string>, name: string, value: string): ScanProblem | null {
  const rule = fieldRuleOf(name)
  if (!rule || rule.digits !== name.length) return 'unknown field'
  if (value.length < rule.min || value.length > rule.max) return 'length'
  if (!fieldCharacters.test(value)) return 'character'
  if (fields.has(name) && fields.get(name) !== value) return 'field twice'
  const problem = problemOfValue(name, value)
  if (!problem) fields.set(name, value)
  return problem
}

function problemOfValue(name: string, value: string): ScanProblem | null {
  if (['00', '01', '02', '03'].includes(name)) {
    return isCheckDigitRight(value) ? null : 'check digit'
  }
  if (/^1[1-7]$/.test(name)) return readGs1Date(value) ? null : 'date'
  if (name === '7003') return readGs1Date(value.slice(0, 6)) ? null : 'date'
  return null
}

/** The facts of a pack among the fields of a code; an expiry with an hour gives its day. */
export function factsOf(fields: ReadonlyMap<string, string>): PackFacts {
  const gtin = fields.get('01') ?? fields.get('02')
  const batch = fields.get('10')
  const expiry = readGs1Date(fields.get('17') ?? fields.get('7003')?.slice(0, 6) ?? '')
  const manufactured = readGs1Date(fields.get('11') ?? '')
  const serial = fields.get('21')
  const sscc = fields.get('00')
  return {
    ...(gtin !== undefined && { gtin }),
    ...(batch !== undefined && { batch }),
    ...(expiry && { expiry }),
    ...(manufactured && { manufactured }),
    ...(serial !== undefined && { serial }),
    ...(sscc !== undefined && { sscc }),
  }
}

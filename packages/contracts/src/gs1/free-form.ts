import { isCheckDigitRight } from './check-digit.ts'
import { type Elements, put } from './elements.ts'
import { type Gs1Date, readGs1Date } from './gs1-date.ts'
import type { PackFacts } from './scan.ts'

/**
 * India's rule for the codes of the top brands (Drugs Rules, Schedule H2) lists what a code must say, not how it is
 * written. Makers print labelled text, JSON, or a web address; what can be recognised is offered, never believed.
 */
const labels = {
  batch: /\b(?:batch|lot|b\.?\s*no)\b\.?[\s_-]*(?:number|no|num|#)?\b/i,
  expiry: /\b(?:exp(?:iry|iration|\.)?|use\s*before|best\s*before)\b[\s._-]*(?:date|dt|month)?\b/i,
  manufactured: /\b(?:mfg|mfd|manufactur(?:ing|ed)|dom)\b[\s._-]*(?:date|dt|on|month)?\b/i,
  gtin: /\b(?:gtin|upic|unique\s*product\s*(?:identification\s*)?code|product\s*code)\b/i,
  serial: /\b(?:serial|sr\.?|s\.?\s*no)\b\.?[\s_-]*(?:number|no)?\b/i,
} as const

type Label = keyof typeof labels

const afterLabel = /^["'\s.]*[:=-]+["'\s]*([^"'\n\r|;,}&]{1,60})/
const dateForms: readonly [RegExp, (parts: string[]) => string][] = [
  [/^(\d{1,2})[/. -](20\d\d)\b/, ([month = '', year = '']) => ymd(year, month, '00')],
  [/^(\d{1,2})[/. -](\d\d)$/, ([month = '', year = '']) => ymd(`20${year}`, month, '00')],
  [
    /^(\d{1,2})[/. -](\d{1,2})[/. -](20\d\d)\b/,
    ([day = '', month = '', year = '']) => ymd(year, month, day),
  ],
  [
    /^(20\d\d)[/.-](\d{1,2})[/.-](\d{1,2})\b/,
    ([year = '', month = '', day = '']) => ymd(year, month, day),
  ],
  [/^(20\d\d)[/.-](\d{1,2})\b/, ([year = '', month = '']) => ymd(year, month, '00')],
  [
    /^([a-z]{3})[a-z]*[ ./'-]*(20\d\d|\d\d)\b/i,
    ([name = '', year = '']) =>
      ymd(year.length === 2 ? `20${year}` : year, monthNumber(name), '00'),
  ],
]

const monthNames = 'janfebmaraprmayjunjulaugsepoctnovdec'

/** Finds labelled facts in free text. Each value ends at a line, a bar, a comma, a semicolon or the next label. */
export function readFreeForm(text: string): PackFacts {
  const batch = valueOf(text, 'batch')?.slice(0, 30)
  const serial = valueOf(text, 'serial')?.slice(0, 30)
  const gtin = gtinOf(valueOf(text, 'gtin'))
  const expiry = dateOf(valueOf(text, 'expiry'))
  const manufactured = dateOf(valueOf(text, 'manufactured'))
  return {
    ...(gtin && { gtin }),
    ...(batch && { batch }),
    ...(expiry && { expiry }),
    ...(manufactured && { manufactured }),
    ...(serial && { serial }),
  }
}

/**
 * Reads a web address without ever opening it: the path of a GS1 Digital Link is the standard's own fields, any
 * other address may carry facts in its query. Null when it is no address.
 */
export function readAddress(text: string): { elements: Elements | null; facts: PackFacts } | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null
  const { pathname, searchParams } = new URL(text)
  const queries = [...searchParams].map(([name, value]) => `${name}: ${value}`)
  return {
    elements: digitalLinkOf(pathname, searchParams),
    facts: readFreeForm(queries.join('\n').replaceAll('_', ' ')),
  }
}

function digitalLinkOf(pathname: string, query: URLSearchParams): Elements | null {
  const at = /\/01\/\d{8,14}(?:\/|$)/.exec(pathname)?.index
  if (at === undefined) return null
  const steps = pathname.slice(at + 1).split('/')
  const pairs: [string, string][] = []
  for (let step = 0; step + 1 < steps.length; step += 2) {
    pairs.push([steps[step] ?? '', decoded(steps[step + 1] ?? '')])
  }
  for (const [name, value] of query) if (/^\d{2,4}$/.test(name)) pairs.push([name, value])
  const fields = new Map<string, string>()
  for (const [name, value] of pairs) {
    const problem = put(fields, name, name === '01' ? value.padStart(14, '0') : value)
    if (problem) return { problem }
  }
  return { fields }
}

/** A path that is not percent-encoded text is taken as it stands. */
function decoded(step: string): string {
  return /%(?![0-9a-f]{2})/i.test(step)
    ? step
    : decodeURIComponent(step.replaceAll(/%[89a-f][0-9a-f]/gi, ''))
}

function valueOf(text: string, label: Label): string | undefined {
  const found = labels[label].exec(text)
  if (!found) return undefined
  const [, value = ''] = afterLabel.exec(text.slice(found.index + found[0].length)) ?? []
  const next = Object.values(labels)
    .map(other => other.exec(value)?.index ?? value.length)
    .filter(index => index > 0)
  return value.slice(0, Math.min(value.length, ...next)).trim() || undefined
}

function gtinOf(value: string | undefined): string | undefined {
  if (!value || !/^(?:\d{8}|\d{12,14})$/.test(value)) return undefined
  return isCheckDigitRight(value) ? value.padStart(14, '0') : undefined
}

function dateOf(value: string | undefined): Gs1Date | null {
  if (!value) return null
  for (const [form, toDate] of dateForms) {
    const [, ...parts] = form.exec(value) ?? []
    if (parts.length > 0) return readGs1Date(toDate(parts))
  }
  return null
}

function ymd(year: string, month: string, day: string): string {
  return `${year.slice(2)}${month.padStart(2, '0')}${day.padStart(2, '0')}`
}

function monthNumber(name: string): string {
  const at = monthNames.indexOf(name.toLowerCase())
  return at >= 0 && at % 3 === 0 ? String(at / 3 + 1) : '99'
}

import { isCheckDigitRight } from './check-digit.ts'
import { type Elements, factsOf, readBracketed, readElements } from './elements.ts'
import { readAddress, readFreeForm } from './free-form.ts'
import type { Scan } from './scan.ts'

/** A QR code can hold 7,089 characters; no pack's code comes near. */
export const scanLengthMax = 2_000

/** Prefixes by which a scanner names a code written by the GS1 standard (ISO/IEC 15424). */
const gs1Symbologies = [']d2', ']C1', ']Q3', ']e0', ']J1']

/**
 * Understands what a scanner typed or a person pasted: GS1 DataMatrix and linear codes with fields in any order,
 * EAN and UPC numbers, codes printed for people, labelled text and web addresses. It never throws; what it cannot
 * read it says so. A GTIN always has 14 digits.
 */
export function readScan(entered: string): Scan {
  if (entered.length > scanLengthMax) return { kind: 'unreadable', problem: 'too long' }
  const [symbology = ''] = /^\][A-Za-z]\d/.exec(entered) ?? []
  // A separator belongs to the code; spaces and line ends around it come from the scanner's settings.
  const code = entered.slice(symbology.length).replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
  if (gs1Symbologies.includes(symbology)) return scanOf(readElements(code))
  if (/^\]E[04]$/.test(symbology) || isTradeNumber(code)) return tradeNumber(code)
  if (/^\(\d{2,4}\)/.test(code)) return scanOf(readBracketed(code))
  const address = readAddress(code)
  if (address) {
    if (address.elements) return scanOf(address.elements)
    return { kind: 'guessed', facts: address.facts, text: code }
  }
  return standardInDisguise(code) ?? freeForm(code)
}

/** Without a prefix a code counts as the standard's only if it reads whole and names a pack or carton. */
function standardInDisguise(code: string): Scan | null {
  const elements = readElements(code)
  if ('fields' in elements && (elements.fields.has('01') || elements.fields.has('00'))) {
    return scanOf(elements)
  }
  // It begins as a medicine's code does and has its separator: it means the standard and breaks it.
  const claims = /^01\d{14}(?:17|10|11|21)/.test(code) && 'problem' in elements
  return claims && elements.problem !== 'unknown field' ? scanOf(elements) : null
}

function freeForm(text: string): Scan {
  const facts = readFreeForm(text)
  return Object.keys(facts).length > 0 ? { kind: 'guessed', facts, text } : { kind: 'text', text }
}

function isTradeNumber(code: string): boolean {
  return /^(?:\d{8}|\d{12,14})$/.test(code) && isCheckDigitRight(code)
}

function tradeNumber(code: string): Scan {
  if (!/^(?:\d{8}|\d{12,14})$/.test(code)) return { kind: 'unreadable', problem: 'length' }
  if (!isCheckDigitRight(code)) return { kind: 'unreadable', problem: 'check digit' }
  return { kind: 'gs1', facts: { gtin: code.padStart(14, '0') } }
}

function scanOf(elements: Elements): Scan {
  if ('problem' in elements) return { kind: 'unreadable', problem: elements.problem }
  return { kind: 'gs1', facts: factsOf(elements.fields) }
}

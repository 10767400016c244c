// What was typed or printed, cut into words and numbers the same way for a query and a label.
import {
  hasIndic,
  knownIndicWord,
  letterNamesIn,
  spellIndicWord,
  toDevanagari,
} from './transliterate.ts'
import { formNamed, isPackWord, readSpoken, spokenNumber, unitNamed } from './vocabulary.ts'

export const queryLettersMax = 120
export const queryWordsMax = 8
export const queryNumbersMax = 4
const wordLettersMax = 40

export type TypedNumber = { value: number; unit: string; isPack: boolean }
/** `text` in Latin letters; `spelled` is the same word read as letter names (एसपी as sp). */
export type TypedWord = { text: string; typed: string; isIndic: boolean; spelled?: string }
export type TypedQuery = {
  words: TypedWord[]
  numbers: TypedNumber[]
  forms: string[]
  isLastOpen: boolean
}
export type Label = { words: string[]; numbers: TypedNumber[]; form: string | undefined }

/** Lower-case ASCII: compatibility forms unfolded, accents dropped, other scripts left as they are. */
export function foldLatin(text: string): string {
  const lower = text.toLowerCase()
  // oxlint-disable-next-line no-control-regex -- plain ASCII needs no folding, which is most names
  if (/^[\u0000-\u007f]*$/.test(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[\u2018\u2019]/g, "'")
    .toLowerCase()
}

const isDigit = (code: number) => code >= 48 && code <= 57
const isLetter = (code: number) => code >= 97 && code <= 122

function numberEnd(text: string, start: number): number {
  let end = start
  while (end < text.length) {
    const code = text.charCodeAt(end)
    if (isDigit(code)) end++
    else if (code === 46 && isDigit(text.charCodeAt(end + 1))) end++
    else if (code === 44 && /^,\d{3}(?!\d)/.test(text.slice(end, end + 5))) end++
    else break
  }
  return end
}

/** Words (a-z), numbers (canonical decimal) and '%' in order; letters and digits are parted; 10's gives '10','pcs'. */
export function cut(text: string): string[] {
  const out: string[] = []
  let i = 0
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (isLetter(code)) {
      const start = i
      while (i < text.length && isLetter(text.charCodeAt(i))) i++
      out.push(text.slice(start, Math.min(i, start + wordLettersMax)))
    } else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(i + 1)))) {
      const end = numberEnd(text, i)
      const value = Number.parseFloat(text.slice(i, end).replaceAll(',', ''))
      out.push(Number.isFinite(value) && value < 1e9 ? String(value) : '0')
      i = end
      if (text.charCodeAt(i) === 39 && text[i + 1] === 's') {
        out.push('pcs')
        i += 2
      }
    } else {
      if (code === 37) out.push('%')
      else if (code === 38) out.push('and')
      i++
    }
  }
  return out
}

const isNumber = (token: string | undefined) => token !== undefined && isDigit(token.charCodeAt(0))

function readNumber(tokens: string[], i: number, isAfterForm: boolean): TypedNumber {
  const after = tokens[i + 1] ?? ''
  const unit = after === '%' ? '%' : (unitNamed(after, true) ?? '')
  const isCount = isPackWord(after) || unit === 'pack'
  const isVolume = unit === 'ml' || unit === 'l' || unit === 'kg'
  const isLoose = isAfterForm && unit !== 'mg' && unit !== 'mcg' && unit !== '%' && unit !== 'iu'
  return {
    value: Number(tokens[i]),
    unit: isCount ? 'pcs' : unit,
    isPack: isCount || isVolume || isLoose,
  }
}

/** Reads the number at `i` with the unit that follows it. */
export const readNumberAt = (tokens: string[], i: number): TypedNumber =>
  readNumber(tokens, i, false)

/** Reads a product's printed name: brand words in order, strengths, pack sizes and dosage form. */
export function readLabel(name: string): Label {
  const folded = foldLatin(name)
  const tokens = cut(hasIndic(folded) ? latinised(folded) : folded)
  const label: Label = { words: [], numbers: [], form: undefined }
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as string
    if (isNumber(token)) {
      label.numbers.push(readNumber(tokens, i, label.form !== undefined))
      continue
    }
    const isAfterNumber = isNumber(tokens[i - 1])
    if (token === '%' || token === 'pcs') continue
    if (i > 0 && unitNamed(token, isAfterNumber) !== undefined) continue
    const form = i > 0 ? formNamed(token) : undefined
    if (form !== undefined) label.form ??= form
    else label.words.push(token)
  }
  return label
}

function latinised(text: string): string {
  return toDevanagari(text)
    .split(/\s+/)
    .map(word => (hasIndic(word) ? (knownIndicWord(word) ?? spellIndicWord(word)) : word))
    .join(' ')
}

/** Cuts what a customer typed. Never throws, whatever the input; longer input is cut at the limits. */
export function readQuery(typed: string): TypedQuery {
  const folded = foldLatin(typed.slice(0, queryLettersMax * 4))
    .trim()
    .slice(0, queryLettersMax)
  const query: TypedQuery = { words: [], numbers: [], forms: [], isLastOpen: false }
  const text = hasIndic(folded) ? toDevanagari(folded) : folded
  for (const part of text.split(/[\s,;+/()[\]{}|"-]+/)) {
    if (hasIndic(part)) addIndicWord(query, part)
    else addLatinWords(query, cut(part), part)
  }
  joinNumbers(query)
  const last = text.at(-1) ?? ''
  query.isLastOpen = /[\p{L}\p{M}]/u.test(last) && !/\s$/.test(typed)
  return query
}

function addIndicWord(query: TypedQuery, part: string): void {
  const digits = part.match(/\d+(\.\d+)?/)
  const word = part.replace(/[\d.%]+/g, '')
  if (word !== '') {
    const known = knownIndicWord(word)
    if (known !== undefined) addLatinWords(query, [known], word)
    else {
      const text = spellIndicWord(word)
      const spelled = letterNamesIn(word)
      if (text !== '' && query.words.length < queryWordsMax)
        query.words.push({ text, typed: word, isIndic: true, ...(spelled ? { spelled } : {}) })
    }
  }
  if (digits) addLatinWords(query, [digits[0]], digits[0])
}

function addLatinWords(query: TypedQuery, tokens: string[], typed: string): void {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as string
    if (isNumber(token)) {
      if (query.numbers.length < queryNumbersMax) query.numbers.push(readNumber(tokens, i, false))
      continue
    }
    if (token === '%' || token === 'pcs') continue
    const isFirst = query.words.length === 0 && query.numbers.length === 0
    const previous = i === 0 ? undefined : tokens[i - 1]
    const unit = isFirst ? undefined : unitNamed(token, isNumber(previous))
    if (unit !== undefined) {
      const last = query.numbers.at(-1)
      if (i === 0 && last && last.unit === '') last.unit = unit
      continue
    }
    const form = formNamed(token)
    if (form !== undefined) {
      if (!query.forms.includes(form)) query.forms.push(form)
    } else if (query.words.length < queryWordsMax) {
      query.words.push({ text: token, typed: tokens.length === 1 ? typed : token, isIndic: false })
    }
  }
}

/** "liv fifty two" and "dolo six fifty": number words after the first word are a strength. */
function joinNumbers(query: TypedQuery): void {
  const start = query.words.findIndex((word, i) => i > 0 && spokenNumber(word.text) !== undefined)
  if (start === -1) return
  let end = start
  while (
    end < query.words.length &&
    spokenNumber((query.words[end] as TypedWord).text) !== undefined
  )
    end++
  const value = readSpoken(query.words.slice(start, end).map(word => word.text))
  if (value === undefined || query.numbers.length >= queryNumbersMax) return
  query.words.splice(start, end - start)
  query.numbers.push({ value, unit: '', isPack: false })
}

/** Numbers of the label; a label without a strength takes those of the medicine's record. */
export function numbersOf(printed: TypedNumber[], recorded: string): TypedNumber[] {
  if (recorded === '' || printed.some(number => !number.isPack)) return printed
  return [...readLabel(`x ${recorded}`).numbers, ...printed]
}

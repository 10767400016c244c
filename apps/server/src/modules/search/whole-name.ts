// Whether a text is the whole name of a medicine, whatever its letters' case and the marks between its words.
import { foldLatin } from './normalise.ts'

/** All but letters, digits and the points inside numbers: 'Avas-20' is 'Avas 20', but 2.5 is not 25. */
const beside = /[^\p{L}\p{M}\p{N}.]+|\.(?!\d)|(?<!\d)\./gu
const unnamed = 0

/**
 * A number that texts of one name share; 0 where there is no name. Two other names share one in four thousand million
 * times, and then only the order of an answer differs.
 */
export function wholeNameMark(text: string): number {
  const name = foldLatin(text).replace(beside, '')
  if (name === '') return unnamed
  let hash = 2166136261
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619)
  return hash >>> 0 || 1
}

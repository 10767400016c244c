import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type HeldOutQuery, heldOutQueries } from '../search-held-out.ts'
import { csvRows, readCatalogue } from './catalogue-rows.ts'

const seedsMax = 12

/** The hand-written queries of the data set, with what the judge asks of their answers. */
export function readQueries(searchFolder: string): HeldOutQuery[] {
  return readFileSync(join(searchFolder, 'search-dev.jsonl'), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as HeldOutQuery)
}

/** So many questions, no two alike and none of the hand-written ones, made by rule from the catalogue's own names. */
export async function differentQuestions(
  file: string,
  searchFolder: string,
  count: number,
): Promise<string[]> {
  type Judge = { toks: (name: string) => string[] }
  const { toks } = (await import(pathToFileURL(join(searchFolder, 'judge.mjs')).href)) as Judge
  const rows = [...csvRows(readCatalogue(file))]
  const byHand = readQueries(searchFolder)
  const excluded = new Set(byHand.map(query => query.key))
  const questions = new Set<string>()
  for (let seed = 1; questions.size < count && seed <= seedsMax; seed++)
    for (const { query } of heldOutQueries(rows, excluded, toks, seed)) questions.add(query)
  if (questions.size < count)
    throw new Error(`the catalogue gives ${questions.size} questions only`)
  return inAnyOrder([...questions]).slice(0, count)
}

/** The rules follow one another in a fixed round, so neighbours would be alike; the same shuffle every time. */
function inAnyOrder(questions: string[]): string[] {
  let state = 20261123
  for (let at = questions.length - 1; at > 0; at--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const other = Math.floor((state / 2 ** 32) * (at + 1))
    ;[questions[at], questions[other]] = [questions[other]!, questions[at]!]
  }
  return questions
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleRow, sampleSearch } from './sample.ts'
import { warmingQuestions, warmSearch, warmSearchesMax } from './warm-search.ts'

const rows = Array.from({ length: 900 }, (_, i) =>
  sampleRow(`Warmol${String.fromCharCode(97 + (i % 26))} ${i} Tablet`, { medicineId: i }),
)
const { search, index } = await sampleSearch(rows)
const live = { search, index, lowest: new Map() }
const forever = 60_000

test('a start asks about as many medicines as it may, each question another', async () => {
  const questions = [...warmingQuestions(live)]
  assert.equal(questions.length, warmSearchesMax)
  assert.equal(new Set(questions.filter((_, at) => at % 6 === 0)).size, warmSearchesMax / 6)
  assert.equal(await warmSearch(live, { msMax: forever }), warmSearchesMax)
})

test('it ends when its time is over or the process stops, and a list with nothing in it asks nothing', async () => {
  assert.equal(await warmSearch(live, { msMax: 0 }), 0)
  assert.equal(await warmSearch(live, { msMax: forever, signal: AbortSignal.abort() }), 0)
  const empty = await sampleSearch([])
  assert.equal(await warmSearch({ ...live, ...empty }, { msMax: forever }), 0)
})

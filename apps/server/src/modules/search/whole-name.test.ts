import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleRow, sampleSearch } from './sample.ts'
import { suggestFromIndex } from './answer-search.ts'
import { wholeNameMark } from './whole-name.ts'

const typed = 'Paravali 500 Tablet'
const others = [
  sampleRow('Paravali 500 Tablet DT', { popularity: 170 }),
  sampleRow('Paravali 500mg Tablet', { popularity: 160 }),
  sampleRow('Paravalia 500 Tablet', { popularity: 170 }),
  sampleRow('Paravali 650 Tablet', { popularity: 170 }),
  sampleRow('Paravali Plus 500 Tablet', { popularity: 170 }),
  sampleRow('Para Vali 500 Tablet SR', { popularity: 170 }),
  ...Array.from({ length: 60 }, (_, i) =>
    sampleRow(`Paravali 500 Tablet ${i + 2} x 10'S`, { popularity: 100 + i }),
  ),
]

test('marks between words and capitals do not make another name; a point inside a number does', () => {
  assert.equal(wholeNameMark('Avas-20 Tablet'), wholeNameMark(' AVAS 20  tablet. '))
  assert.notEqual(wholeNameMark('Avas 2.5'), wholeNameMark('Avas 25'))
  assert.notEqual(wholeNameMark('पैरावाली'), wholeNameMark('पैरावाला'))
  assert.equal(wholeNameMark(' -- '), 0)
})

test('the whole name comes first, whatever is better known, longer or in stock', async () => {
  const own = sampleRow(typed, { popularity: 0, availablePacks: 0, isDiscontinued: true })
  const { search, index } = await sampleSearch([...others, own])
  for (const text of [typed, typed.toUpperCase(), 'paravali-500  tablet', 'Paravali500Tablet']) {
    const { hits, corrected } = search.search(text)
    assert.equal(hits[0]?.id, typed, text)
    assert.equal(corrected, undefined, text)
  }
  const live = { search, index, lowest: new Map() }
  assert.equal(suggestFromIndex(live, typed, undefined).medicines[0]?.id, typed)
})

test('it stays first while it and its neighbours are repriced, restocked, learned about and undone', async () => {
  const own = sampleRow(typed, { popularity: 1 })
  const { search, index } = await sampleSearch([...others, own])
  const first = () => search.search(typed, { limit: 8 }).hits[0]?.id
  index.put({ ...own, pricePaise: 1 })
  for (const [i, row] of others.entries()) {
    index.put({ ...row, pricePaise: 100 + i })
    index.setShelf(row.id, 500, '2030-01')
    index.setLearned(row.id, 400)
    assert.equal(first(), typed)
  }
  index.setAreaPopularity('110', 'Paravali 500 Tablet DT', 900)
  assert.equal(search.search(typed, { area: '110' }).hits[0]?.id, typed)
  index.remove(own.id)
  assert.notEqual(first(), typed)
  index.put(own)
  assert.equal(first(), typed)
})

test('a medicine that was renamed is first by its new name and no more by its old', async () => {
  const own = sampleRow(typed, { popularity: 1 })
  const { search, index } = await sampleSearch([...others, own])
  index.put({ ...own, name: 'Paravali 505 Tablet' })
  assert.equal(search.search('Paravali 505 Tablet').hits[0]?.id, own.id)
  assert.notEqual(search.search(typed).hits[0]?.id, own.id)
})

test('two words that together are a famous name are still the whole name typed', async () => {
  const { search } = await sampleSearch([
    sampleRow('Lezone S 1.5gm Injection', { popularity: 170 }),
    sampleRow('Lezone 500mg Injection', { popularity: 170 }),
    sampleRow('Le Zone 250mg Injection', { popularity: 1 }),
    sampleRow('Zone Tablet', { popularity: 60 }),
  ])
  assert.equal(search.search('LE ZONE 250MG INJECTION').hits[0]?.id, 'Le Zone 250mg Injection')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chosenCount, isNarrowed, searchPath, without } from '../search-query.ts'
import { readSearch } from './read-search.ts'

const read = (query: string) => readSearch(new URLSearchParams(query))

test('an address and the choices it stands for lead to each other', () => {
  const query =
    'q=para+500&form=tablet&form=syrup&prescription=open&price=0-50&manufacturer=A+%26+B&inStock=true&sort=price_low&cursor=abc'
  const choices = read(query)
  assert.deepEqual(choices.form, ['tablet', 'syrup'])
  assert.deepEqual(choices.manufacturer, ['A & B'])
  assert.equal(chosenCount(choices), 6)
  assert.deepEqual(
    readSearch(new URL(searchPath(choices), 'http://shop.invalid').searchParams),
    choices,
  )
})

test('what no shop offers is left out, and too much is cut', () => {
  const makers = Array.from({ length: 500 }, (_, at) => `manufacturer=m${at}`).join('&')
  const choices = read(`form=elixir&price=free&sort=x&category=x&q=${'a'.repeat(900)}&${makers}`)
  assert.deepEqual([choices.form, choices.price, choices.sort], [[], [], null])
  assert.equal(choices.category, null)
  assert.equal(choices.manufacturer.length, 20)
  assert.equal(choices.q.length, 200)
})

test('taking a filter away begins at the first page again', () => {
  const left = without(read('form=tablet&form=gel&cursor=abc'), 'form', 'gel')
  assert.equal(searchPath(left), '/search?form=tablet')
})

test('a kind of medicine may be listed by search engines, a search may not', () => {
  assert.equal(isNarrowed(read('category=skin')), false)
  for (const query of ['q=x', 'form=gel', 'sort=popular', 'cursor=abc', 'inStock=true']) {
    assert.equal(isNarrowed(read(query)), true, query)
  }
})

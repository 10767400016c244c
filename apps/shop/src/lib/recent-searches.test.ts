import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  clearRecentSearches,
  recentMax,
  recentSearches,
  rememberSearch,
} from './recent-searches.ts'

function shelf() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

test('the last search comes first, stands once, and old ones fall off', () => {
  const own = shelf()
  for (const words of ['a', 'b', 'c', 'd', 'e', 'f', ' B ', '']) rememberSearch(words, own)
  assert.deepEqual(recentSearches(own), ['B', 'f', 'e', 'd', 'c'])
  assert.equal(recentSearches(own).length, recentMax)
})

test('clearing leaves nothing', () => {
  const own = shelf()
  rememberSearch('a', own)
  clearRecentSearches(own)
  assert.deepEqual(recentSearches(own), [])
})

test('a device that keeps nothing or rubbish stops nobody', () => {
  const full = {
    ...shelf(),
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
  }
  rememberSearch('a', full)
  assert.deepEqual(recentSearches({ ...shelf(), getItem: () => '{"a":1}' }), [])
  assert.deepEqual(recentSearches({ ...shelf(), getItem: () => 'x' }), [])
  assert.deepEqual(recentSearches(undefined), [])
})

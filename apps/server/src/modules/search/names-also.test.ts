import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleRow, sampleSearch } from './sample.ts'
import type { SearchHit } from './rows.ts'

/** Thirty strengths of a well-known name beside one pack of a little-known one that is as near to what is typed. */
const packs = Array.from({ length: 30 }, (_, i) => `Azibelt ${(i + 1) * 10}mg Tablet`)
const { search } = await sampleSearch([
  ...packs.map(name => sampleRow(name, { popularity: 90 })),
  sampleRow('Axibelt 5mg Tablet', { popularity: 5 }),
])
const typed = 'acibelt'
const idsOf = (hits: readonly SearchHit[]) => hits.map(hit => hit.id)

test('packs of the likeliest name do not push the other names a slip may mean off the first page', () => {
  const found = search.search(typed, { limit: 20 })
  assert.equal(found.hits.length, 20)
  assert.match(found.hits[0]?.id ?? '', /^Azibelt/)
  assert.ok(idsOf(found.hits).slice(0, 5).includes('Axibelt 5mg Tablet'))
  assert.ok(found.hits.every(hit => hit.isGuess))
  assert.equal(found.corrected?.to, 'azibelt')
})

test('turning the pages shows every pack found once, also the one that stood there early', () => {
  const seen: string[] = []
  let cursor: string | undefined
  for (let page = 0; page < 5; page++) {
    const found = search.search(typed, { limit: 10, ...(cursor ? { cursor } : {}) })
    seen.push(...idsOf(found.hits))
    cursor = found.next
    if (!cursor) break
  }
  assert.equal(cursor, undefined)
  assert.equal(seen.length, 31)
  assert.equal(new Set(seen).size, 31)
})

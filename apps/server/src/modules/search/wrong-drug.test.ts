import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brandPairs, confusedPairs, type LookAlikePair, tallManPairs } from './look-alike-pairs.ts'
import { sampleRow, sampleSearch } from './sample.ts'

const generics = [...tallManPairs, ...confusedPairs]
const pairs = [...generics, ...brandPairs]

/** A brand that says nothing of its salt, so that only the composition can be found. */
const saltRow = (name: string, popularity: number) =>
  sampleRow('Qq Tablet', { id: name, composition: `${name} 10 mg`, popularity })
const brandRow = (name: string, popularity: number) =>
  sampleRow(`${name} 10 Tablet`, { id: name.toLowerCase(), popularity })

/** Both names of a pair on the list, the one not asked for a hundred times better known. */
async function searchWith(names: readonly string[], asked: string, isBrand: boolean) {
  const rowOf = isBrand ? brandRow : saltRow
  return sampleSearch(names.map(name => rowOf(name, name === asked ? 2 : 200)))
}

/** Every hit is of the name asked for, or says that it is a guess. */
async function assertNeverSilent(pair: LookAlikePair, isBrand: boolean): Promise<void> {
  for (const asked of pair) {
    const { search } = await searchWith(pair, asked, isBrand)
    const typed = asked.toLowerCase()
    const result = search.search(typed)
    assert.equal(result.hits[0]?.id, typed, `${typed} does not find itself first`)
    assert.equal(result.hits[0]?.isGuess, false)
    assert.equal(result.corrected, undefined)
    for (const hit of result.hits.slice(1)) {
      assert.ok(hit.isGuess, `${typed} silently finds ${hit.id}`)
      assert.ok(result.similar.length > 0, `${hit.id} follows ${typed} unannounced`)
    }
  }
}

test('a hundred published look-alike pairs are tried, each named once', () => {
  assert.ok(pairs.length >= 100, `only ${pairs.length} pairs`)
  assert.ok(pairs.every(([one, other]) => one && other && one !== other))
})

test('a substance that is on the list is never answered with the one it looks like', async () => {
  for (const pair of generics) await assertNeverSilent(pair, false)
})

test('a brand that is on the list is never answered with the one it looks like', async () => {
  for (const pair of brandPairs) await assertNeverSilent(pair, true)
})

test('where only the other one is on the list, it comes as an announced guess or not at all', async () => {
  let announced = 0
  for (const [one, other] of pairs) {
    for (const [asked, present] of [
      [one, other],
      [other, one],
    ] as const) {
      const { search } = await searchWith([present], present, true)
      const result = search.search(asked)
      for (const hit of result.hits) assert.ok(hit.isGuess, `${asked} silently finds ${hit.id}`)
      if (result.hits.length > 0) {
        assert.equal(result.corrected?.from, asked)
        assert.equal(
          result.corrected?.to,
          present.toLowerCase(),
          `${asked} is not announced as ${present}`,
        )
        announced++
      }
    }
  }
  assert.ok(announced > 10, 'no guess was made, so none could have been silent')
})

test('the same holds with every listed name in one catalogue', async () => {
  const names = [...new Set(generics.flat())]
  const { search } = await sampleSearch(names.map(name => saltRow(name, 20)))
  for (const name of names) {
    const { hits, corrected } = search.search(name)
    assert.equal(corrected, undefined, name)
    assert.equal(hits[0]?.id, name.toLowerCase())
    for (const hit of hits)
      if (!hit.isGuess) assert.ok(hit.id.includes(name), `${name} silently finds ${hit.id}`)
  }
})

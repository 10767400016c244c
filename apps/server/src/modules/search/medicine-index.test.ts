import assert from 'node:assert/strict'
import { test } from 'node:test'
import { priceBands, saleDecisions } from '@janta/contracts'
import fc from 'fast-check'
import { bandOf } from './price-band.ts'
import type { SearchFilters, SearchRow, SearchSort } from './rows.ts'
import { sampleRow, sampleRows, sampleSearch } from './sample.ts'

const ids = (result: { hits: { id: string }[] }) => result.hits.map(hit => hit.id)

test('a medicine added, changed or removed is found so at once, without a rebuild', async () => {
  const { index, search } = await sampleSearch()
  index.put(sampleRow('Quinorax 300 Tablet', { id: 'q', composition: 'Quinine 300 mg' }))
  assert.deepEqual(ids(search.search('quinorax')), ['q'])
  assert.deepEqual(ids(search.search('quinine 300')), ['q'])
  assert.equal(search.search('kwinorax').corrected?.to, 'quinorax')
  assert.deepEqual(ids(search.search('quino')), ['q'])
  index.put(sampleRow('Harmaline 10 Tablet', { id: 'q', composition: 'Harmine 10 mg' }))
  assert.deepEqual(ids(search.search('quinorax 300')), [])
  assert.deepEqual(ids(search.search('harmaline')), ['q'])
  assert.equal(index.count, sampleRows.length + 1)
  assert.equal(index.remove('q'), true)
  assert.equal(index.remove('q'), false)
  assert.deepEqual(ids(search.search('harmaline')), [])
  assert.equal(index.count, sampleRows.length)
})

test('price, stock and popularity change in place', async () => {
  const { index, search } = await sampleSearch()
  index.put(sampleRow('Zerovan Tablet', { pricePaise: 100, popularity: 1 }))
  assert.equal(index.setShelf('Zerovan Tablet', 0, null), true)
  assert.equal(index.setShelf('unknown', 1, '2031-04'), false)
  const inStock = search.search('zerovan', { filters: { isInStock: true } })
  assert.deepEqual(ids(inStock), ["Zerovan SP Tablet 10'S"])
  assert.equal(ids(search.search('zerovan', { sort: 'price_low' }))[0], 'Zerovan Tablet')
})

test('an index changed a thousand times answers as one built afresh', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ i: fc.nat(40), name: fc.nat(sampleRows.length - 1), isRemoved: fc.boolean() }),
        { maxLength: 120 },
      ),
      async changes => {
        const changed = await sampleSearch([])
        const kept = new Map<string, SearchRow>()
        for (const { i, name, isRemoved } of changes) {
          const id = `m${i}`
          if (isRemoved) {
            assert.equal(changed.index.remove(id), kept.delete(id))
            continue
          }
          const row = { ...(sampleRows[name] as SearchRow), id, popularity: i }
          kept.set(id, row)
          changed.index.put(row)
        }
        const fresh = await sampleSearch([...kept.values()])
        for (const text of ['parolex 650', 'paracetamol', 'telvista', 'azivora 500 tablet']) {
          const [a, b] = [changed, fresh].map(({ search }) => search.search(text, { limit: 50 }))
          assert.deepEqual(new Set(ids(a as never)), new Set(ids(b as never)), text)
          assert.equal(a?.total, b?.total)
        }
      },
    ),
    { numRuns: 60 },
  )
})

const makers = ['Asha Labs', 'Bela Pharma', 'Chitra Remedies']
const rowOf = fc.record({
  form: fc.constantFrom('tablet', 'syrup', 'injection'),
  manufacturer: fc.constantFrom(...makers),
  pricePaise: fc.option(fc.integer({ min: 100, max: 200_000 })),
  decision: fc.constantFrom(...saleDecisions),
  availablePacks: fc.constantFrom(0, 4),
})
const filtersOf: fc.Arbitrary<SearchFilters> = fc.record(
  {
    form: fc.subarray(['tablet', 'syrup', 'injection']),
    manufacturer: fc.subarray(makers),
    prescription: fc.subarray([...saleDecisions]),
    price: fc.subarray([...priceBands]),
    isInStock: fc.boolean(),
  },
  { requiredKeys: [] },
)

const isShown = (row: SearchRow) => row.decision !== 'blocked' && row.decision !== 'unclassified'
const bandName = (row: SearchRow) =>
  row.pricePaise === null || !isShown(row) ? undefined : priceBands[bandOf(row.pricePaise)]

const isInStock = (row: SearchRow) => isShown(row) && (row.availablePacks ?? 0) > 0

const passes = {
  form: (row: SearchRow, f: SearchFilters) => !f.form?.length || f.form.includes(row.form),
  manufacturer: (row: SearchRow, f: SearchFilters) =>
    !f.manufacturer?.length || f.manufacturer.includes(row.manufacturer),
  prescription: (row: SearchRow, f: SearchFilters) =>
    !f.prescription?.length || f.prescription.includes(row.decision),
  price: (row: SearchRow, f: SearchFilters) =>
    !f.price?.length || f.price.includes(bandName(row) as never),
  inStock: (row: SearchRow, f: SearchFilters) =>
    f.isInStock === undefined || isInStock(row) === f.isInStock,
}
const valueOf: Record<keyof typeof passes, (row: SearchRow) => string | undefined> = {
  form: row => row.form,
  manufacturer: row => row.manufacturer,
  prescription: row => row.decision,
  price: bandName,
  inStock: row => (isInStock(row) ? 'yes' : 'no'),
}

test('every facet counts what choosing it would leave, as counting one by one does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rowOf, { minLength: 1, maxLength: 60 }),
      filtersOf,
      async (sets, filters) => {
        const rows = sets.map((set, i) =>
          sampleRow('Cardoven Tablet', { ...set, id: `c${i}`, mrpPaise: null }),
        )
        const { search } = await sampleSearch(rows)
        const result = search.search('cardoven', { filters, withFacets: true })
        const every = Object.keys(passes) as (keyof typeof passes)[]
        assert.equal(
          result.total,
          rows.filter(row => every.every(key => passes[key](row, filters))).length,
        )
        for (const facet of every) {
          const counts = new Map<string, number>()
          for (const row of rows) {
            const value = valueOf[facet](row)
            if (
              value === undefined ||
              !every.every(key => key === facet || passes[key](row, filters))
            )
              continue
            counts.set(value, (counts.get(value) ?? 0) + 1)
          }
          const found = new Map(result.facets?.[facet].map(({ value, count }) => [value, count]))
          assert.deepEqual(found, counts, facet)
        }
      },
    ),
    { numRuns: 80 },
  )
})

test('pages neither repeat nor lose a medicine in any order', async () => {
  const sorts: SearchSort[] = ['relevance', 'popular', 'price_low', 'price_high']
  const rows = Array.from({ length: 83 }, (_, i) =>
    sampleRow(`Cardoven ${5 * (i % 7)} Tablet`, {
      id: `c${i}`,
      popularity: i % 5,
      pricePaise: i % 11 === 0 ? null : 100 * (i % 13),
      mrpPaise: null,
    }),
  )
  const { search } = await sampleSearch(rows)
  for (const sort of sorts) {
    const seen: string[] = []
    let cursor: string | undefined
    for (let page = 0; page < 20; page++) {
      const result = search.search('cardoven 10', {
        limit: 10,
        sort,
        ...(cursor ? { cursor } : {}),
      })
      assert.equal(result.total, rows.length)
      seen.push(...ids(result))
      cursor = result.next
      if (cursor === undefined) break
    }
    assert.equal(seen.length, rows.length, sort)
    assert.equal(new Set(seen).size, rows.length, sort)
  }
})

test('a medicine without a known price comes last whichever way prices are ordered', async () => {
  const rows = [null, 900, 100].map((pricePaise, i) =>
    sampleRow('Cardoven Tablet', { id: `c${i}`, pricePaise, mrpPaise: null }),
  )
  const { search } = await sampleSearch(rows)
  assert.deepEqual(ids(search.search('cardoven', { sort: 'price_low' })), ['c2', 'c1', 'c0'])
  assert.deepEqual(ids(search.search('cardoven', { sort: 'price_high' })), ['c1', 'c2', 'c0'])
})

test('a cursor that was tampered with starts from the first page', async () => {
  const { search } = await sampleSearch()
  const first = ids(search.search('paracetamol', { limit: 2 }))
  for (const cursor of ['', 'x', '!'.repeat(18), 'A'.repeat(18), '_'.repeat(18)])
    assert.equal(ids(search.search('paracetamol', { limit: 2, cursor })).length <= 2, true)
  assert.deepEqual(ids(search.search('paracetamol', { limit: 2, cursor: 'nonsense' })), first)
})

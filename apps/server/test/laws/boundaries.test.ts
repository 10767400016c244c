import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { mayCall } from '../../src/call-table.ts'
import { boundaryOffences, drawGraph, findCycle } from './boundaries.ts'
import { clockOffences, schemaOffences } from './own-schema.ts'
import { moduleSources, moduleSql, readSource } from './source.ts'

const sources = moduleSources()
const schemas = Object.keys(mayCall)
const sqlFiles = moduleSql().map(({ file, text }) => ({ file, strings: text.split(';') }))

test('the laws read the whole house', () => {
  assert.ok(sources.length > 50, `only ${sources.length} files were read`)
  assert.ok(sqlFiles.length >= 5, `only ${sqlFiles.length} SQL files were read`)
  assert.deepEqual(new Set(sources.map(one => one.file.split('/')[0])), new Set(schemas))
})

test('law 1: a module is flat, entered through its index, and calls only what it declares', () => {
  assert.deepEqual(
    boundaryOffences(sources, mayCall),
    [],
    'Call another module through #modules/<name> and list it in call-table.ts, or emit an event.',
  )
})

test('law 1 bites: a planted detour, folder or undeclared call is found', () => {
  const planted = [
    readSource('stock/a.ts', `import { x } from '../ordering/place-order.ts'`),
    readSource('stock/b.ts', `export { y } from '#modules/ordering'`),
    readSource('stock/deep/c.ts', `await import('#modules/delivery')`),
    readSource('shop/d.ts', ''),
  ]
  assert.equal(boundaryOffences(planted, mayCall).length, 5)
})

test('law 4: calls go down, so the table has no circle', () => {
  assert.equal(findCycle(mayCall), undefined)
})

test('law 4 bites: a planted circle is found and told', () => {
  assert.deepEqual(findCycle({ a: ['b'], b: ['c'], c: ['a'] }), ['a', 'b', 'c', 'a'])
})

test('law 2: a module names only its own tables', () => {
  assert.deepEqual(
    schemaOffences([...sources, ...sqlFiles], schemas),
    [],
    'Ask the owning module through its index; only reporting may read across, through views.',
  )
})

test('law 2 bites: a planted foreign table is found in SQL and in a query builder', () => {
  const planted = [
    readSource('ordering/a.ts', 'sql`select id from stock.batch`'),
    readSource('ordering/b.ts', `sql\`update catalogue.pack set id = id\``),
  ]
  assert.equal(schemaOffences(planted, schemas).length, 2)
  const own = readSource('stock/c.ts', 'sql`select id from stock.batch where at < kernel.now()`')
  assert.deepEqual(schemaOffences([own], schemas), [])
})

test('law 6: only the kernel knows what time it is', () => {
  assert.deepEqual(
    clockOffences([...sources.filter(one => !one.file.endsWith('.test.ts')), ...sqlFiles]),
    [],
  )
})

test('law 6 bites: a planted bare clock is found', () => {
  const planted = readSource(
    'stock/a.ts',
    'sql`select now(), kernel.now()`; sql`select current_date`',
  )
  assert.equal(clockOffences([planted]).length, 2)
  assert.deepEqual(clockOffences([readSource('stock/b.ts', 'sql`select kernel.now()`')]), [])
})

test('the architecture page shows today’s call graph', () => {
  const page = readFileSync(new URL('../../../../docs/ARCHITECTURE.md', import.meta.url), 'utf8')
  assert.ok(
    page.includes(drawGraph(mayCall)),
    `Put this into docs/ARCHITECTURE.md:\n${drawGraph(mayCall)}`,
  )
})

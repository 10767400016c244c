import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moduleSources, readSource, type Source } from './source.ts'

// Text put into SQL is how an online shop was opened to anybody (CVE-2026-40887): values travel as parameters.
const builders = /\bsql\s*\.\s*(raw|lit|literal)\b|\.query\(\s*`[^`]*\$\{/
// Each length of list would be another prepared statement, kept by every connection.
const lists = /\bin \(\$\{sql\.join|\bsql\.join\(/

function sqlTextOffences(sources: readonly Source[]): string[] {
  return sources.flatMap(({ file, text }) => [
    ...(builders.test(text) ? [`${file} builds SQL from text; pass it as a parameter`] : []),
    ...(lists.test(text) ? [`${file} joins a list into SQL; write = any(\${list})`] : []),
  ])
}

test('no module builds SQL out of text', () => {
  const sources = moduleSources().filter(one => !one.file.endsWith('.test.ts'))
  assert.ok(
    sources.some(one => one.text.includes('sql`')),
    'no SQL was seen',
  )
  assert.deepEqual(sqlTextOffences(sources), [])
})

test('the law on SQL text bites', () => {
  const planted = [
    readSource('stock/a.ts', 'sql.raw(`order by ${column}`)'),
    readSource('stock/b.ts', 'client.query(`select ${name}`)'),
    readSource('stock/c.ts', 'sql`id in (${sql.join(ids)})`'),
  ]
  assert.equal(sqlTextOffences(planted).length, 3)
  assert.deepEqual(sqlTextOffences([readSource('stock/d.ts', 'sql`id = any(${ids})`')]), [])
})

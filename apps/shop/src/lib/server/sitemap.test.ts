import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiPagesPerFile, fileStarts, indexXml, medicinesXml, type ReadSitemap } from './sitemap.ts'

const origin = 'https://shop.invalid'

/** A list of so many pages, one medicine on each, whose cursor is the page's number. */
function listOf(pages: number): ReadSitemap {
  return after => {
    const at = Number(after ?? 0)
    const item = { path: `/medicine/${at}/a&b`, changedOn: '2026-11-22' }
    return Promise.resolve({ items: [item], next: at + 1 < pages ? String(at + 1) : null })
  }
}

async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const part of parts) text += part
  return text
}

test('every medicine stands in exactly one file, in both languages', async () => {
  const pages = apiPagesPerFile * 2 + 1
  const read = listOf(pages)
  const starts = await fileStarts(read)
  assert.equal(starts.length, 3)
  const files = await Promise.all(
    starts.map(after => textOf(medicinesXml(read, { origin, after }))),
  )
  const addresses = files.flatMap(file => file.match(/<loc>[^<]*<\/loc>/g) ?? [])
  assert.equal(addresses.length, pages * 2)
  assert.equal(new Set(addresses).size, pages * 2)
  for (const start of starts.slice(1))
    assert.ok(indexXml(origin, starts).includes(`after=${start}`))
})

test('an address cannot break the document', async () => {
  const text = await textOf(medicinesXml(listOf(1), { origin, after: undefined }))
  assert.match(text, /<loc>https:\/\/shop\.invalid\/hi\/medicine\/0\/a&amp;b<\/loc>/)
})

test('a list that never ends is a fault and not an endless loop', async () => {
  await assert.rejects(
    fileStarts(() => Promise.resolve({ items: [], next: 'x' })),
    /does not end/,
  )
})

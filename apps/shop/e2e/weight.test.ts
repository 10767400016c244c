import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { openBrowser, orderableMedicine, visit } from './shop.ts'

/** Bytes a phone fetches for a first page, compressed as the CDN does. Counted, because times are noise. */
const budgetBytes = { script: 60 * 1024, stylesheet: 12 * 1024, font: 35 * 1024 }
type Kind = keyof typeof budgetBytes

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

async function weigh(path: string): Promise<Record<Kind, number>> {
  const { page, context, open } = await visit(browser)
  const weights: Record<Kind, number> = { script: 0, stylesheet: 0, font: 0 }
  const reading: Promise<void>[] = []
  page.on('response', response => {
    const kind = response.request().resourceType() as Kind
    if (!(kind in weights)) return
    reading.push(
      response.body().then(body => {
        // A font is compressed already.
        weights[kind] += kind === 'font' ? body.length : brotliCompressSync(body).length
      }),
    )
  })
  await open(path)
  // What comes after the page is shown is not weighed, and would be cut off by closing.
  page.removeAllListeners('response')
  await Promise.all(reading)
  await context.close()
  return weights
}

test('every first page stays within its budget of bytes', async t => {
  const medicine = await orderableMedicine()
  for (const path of [
    '/',
    '/search?q=paracetamol',
    `/medicine/${medicine.id}`,
    '/cart',
    '/sign-in',
    '/prescription',
  ]) {
    const weights = await weigh(path)
    t.diagnostic(`${path}: ${JSON.stringify(weights)}`)
    for (const kind of Object.keys(budgetBytes) as Kind[]) {
      assert.ok(weights[kind] > 0, `${path} loaded no ${kind}: nothing was weighed`)
      assert.ok(
        weights[kind] <= budgetBytes[kind],
        `${path} sends ${weights[kind]} bytes of ${kind}, more than ${budgetBytes[kind]}`,
      )
    }
  }
})

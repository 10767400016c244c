import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Locale } from '@janta/ui/format.ts'
import type { Browser } from 'playwright-core'
import { faultsOf, openBrowser, orderableMedicine, visit } from './shop.ts'

let browser: Browser
let productPath: string
before(async () => {
  browser = await openBrowser()
  productPath = `/medicine/${(await orderableMedicine()).id}`
})
after(() => browser.close())

const viewHeight = 844
const locales: Locale[] = ['en', 'hi']
const pages = (product: string) => [
  '/',
  '/search',
  '/search?q=paracetamol',
  '/search?q=zzzzzzzz',
  '/search?category=fever_pain',
  product,
  '/cart',
  '/sign-in',
  '/prescription',
  '/nowhere',
]

// Lists of the same tile as the home page and the results, only longer: axe would look at each for a minute.
const longLists = ['/search', '/search?category=fever_pain']

for (const locale of locales) {
  test(`no page has an accessibility fault on a phone or a desk, nor scrolls sideways at 320 pixels, in ${locale}`, async () => {
    const { page, context, open } = await visit(browser, { locale })
    for (const path of pages(productPath)) {
      await open(path)
      for (const width of longLists.includes(path) ? [] : [390, 1280]) {
        await page.setViewportSize({ width, height: viewHeight })
        // As tall as the page: what lies under the fixed bar until one scrolls would count as too small to hit.
        const height = await page.evaluate(() => document.documentElement.scrollHeight)
        await page.setViewportSize({ width, height: Math.max(height, viewHeight) })
        assert.deepEqual(await faultsOf(page), [], `${path} at ${width}`)
      }
      await page.setViewportSize({ width: 320, height: viewHeight })
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(beyond <= 0, `${path} is ${beyond} pixels too wide`)
    }
    await context.close()
  })
}

test('the policy against foreign scripts is strict and no page breaks it', async () => {
  const { page, context, open } = await visit(browser)
  const complaints: string[] = []
  page.on('console', message => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(error.message))
  for (const path of pages(productPath)) await open(path)
  const response = await page.goto(page.url())
  const policy = response?.headers()['content-security-policy'] ?? ''
  assert.match(policy, /default-src 'none'/)
  // A prescription goes straight to the file store, which locally listens on a port of its own.
  const others = policy.replace("connect-src 'self' http://127.0.0.1:*", "connect-src 'self'")
  assert.doesNotMatch(others, /unsafe-inline|unsafe-eval|\*/)
  assert.deepEqual(complaints, [])
  await context.close()
})

test('pages the same for everybody may be kept for a minute, personal ones never', async () => {
  const { page, context, open } = await visit(browser)
  await open('/')
  for (const path of ['/', '/search']) {
    const response = await page.goto(new URL(path, page.url()).href)
    assert.match(response?.headers()['cache-control'] ?? '', /^public, max-age=60/, path)
    assert.equal(response?.headers()['set-cookie'], undefined, path)
  }
  for (const path of ['/cart', '/sign-in', '/prescription', '/nowhere']) {
    const response = await page.goto(new URL(path, page.url()).href)
    assert.equal(response?.headers()['cache-control'], 'private, no-store', path)
  }
  await context.close()
})

test('hashed files are kept for a year', async () => {
  const { page, context } = await visit(browser)
  const kept = new Map<string, string>()
  page.on('response', response => {
    const { pathname } = new URL(response.url())
    if (pathname.includes('/immutable/')) {
      kept.set(pathname, response.headers()['cache-control'] ?? 'nothing')
    }
  })
  await page.goto(process.env.JANTA_URL ?? '', { waitUntil: 'networkidle' })
  assert.ok(kept.size > 5)
  for (const [path, header] of kept) assert.match(header, /max-age=31536000.*immutable/, path)
  await context.close()
})

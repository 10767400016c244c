import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { medicinePath } from '@janta/contracts/medicine-path'
import type { Browser } from 'playwright-core'
import { medicines, openBrowser, orderableMedicine, shopUrl, visit } from './shop.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

test('search engines find every page of a medicine, and no personal one', async () => {
  const robots = await (await fetch(`${shopUrl}/robots.txt`)).text()
  assert.match(robots, /Disallow: \/hi\/orders/)
  const index = /Sitemap: (\S+)/.exec(robots)?.[1]
  assert.ok(index)
  const file = /<loc>([^<]+)<\/loc>/.exec(await (await fetch(index)).text())?.[1]
  assert.ok(file)
  const list = await (await fetch(file)).text()
  const medicine = await orderableMedicine()
  assert.ok(list.includes(`/hi${medicinePath(medicine)}</loc>`))
  assert.match(list, /<\/urlset>\n$/)
})

test('a medicine has one address a language, and an old one leads there for good', async () => {
  const medicine = await orderableMedicine()
  const path = medicinePath(medicine)
  const old = await fetch(`${shopUrl}/hi/medicine/${medicine.id}/an-old-name`, {
    redirect: 'manual',
  })
  assert.deepEqual([old.status, old.headers.get('location')], [301, `/hi${path}`])
  const { page, context } = await visit(browser)
  await page.goto(`${shopUrl}/hi${path}`)
  const href = (rel: string) => page.locator(`link[rel=${rel}]`).first().getAttribute('href')
  assert.equal(new URL((await href('canonical')) ?? '').pathname, `/hi${path}`)
  const english = page.locator('link[hreflang=en][rel=alternate]')
  assert.equal(new URL((await english.getAttribute('href')) ?? '').pathname, path)
  const facts = JSON.parse(await page.locator('script[type="application/ld+json"]').innerText())
  assert.equal(facts.name, medicine.name)
  assert.ok(facts.offers)
  await context.close()
})

test('a kept page is told to be still good in a few bytes, and may be kept on', async () => {
  const { id, name } = await orderableMedicine()
  const address = shopUrl + medicinePath({ id, name })
  const etag = (await fetch(address)).headers.get('etag')
  assert.ok(etag)
  const again = await fetch(address, { headers: { 'if-none-match': etag } })
  assert.equal(again.status, 304)
  assert.match(again.headers.get('cache-control') ?? '', /^public, max-age=60/)
})

test('other brands of a medicine on prescription are information and never a click', async () => {
  const kept = (await medicines()).filter(one => one.decision === 'prescription')
  const { page, context, words } = await visit(browser, { width: 1280 })
  const { browse, finding } = words
  for (const medicine of kept) {
    await page.goto(shopUrl + medicinePath(medicine))
    const others = page.locator('section', {
      has: page.getByRole('heading', { name: browse.sameSalt }),
    })
    if ((await others.count()) === 0) continue
    assert.equal(await others.getByRole('row').getByRole('link').count(), 0)
    assert.equal(await others.getByRole('button').count(), 0)
    await others.getByRole('link', { name: finding.howPrescriptionsWork }).waitFor()
    const facts = await page.locator('script[type="application/ld+json"]').innerText()
    assert.doesNotMatch(facts, /offers|price|rating/i)
    await context.close()
    return
  }
  assert.fail('no medicine on prescription has another brand: nothing was seen')
})

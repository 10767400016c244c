import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { faultsOf, openBrowser, openDesk, stateOf } from './counter.ts'

let browser: Browser
let state: string
before(async () => {
  browser = await openBrowser()
  state = await stateOf(browser, 'administrator')
})
after(() => browser.close())

test('the administrator sees a week of traffic, the verdict, and that nothing need be bought', async () => {
  const { page, context, open } = await openDesk(browser, { state })
  await open('/')
  await page.getByRole('link', { name: 'Growth' }).first().click()
  await page.getByRole('heading', { name: 'Nothing to change' }).waitFor()
  const chart = page.getByRole('img', { name: /^Requests an hour: most [1-9]/ })
  const path = (await chart.locator('path').getAttribute('d')) ?? ''
  assert.ok((path.match(/L/g)?.length ?? 0) >= 160, 'a point an hour for a week')
  assert.equal(await page.getByRole('img').count(), 4)
  await page.getByText('API processor').first().waitFor()
  await context.close()
})

for (const [locale, heading] of [
  ['en', 'Nothing to change'],
  ['hi', 'कुछ बदलने की ज़रूरत नहीं'],
] as const) {
  for (const width of [320, 390, 1280]) {
    test(`the advice fits ${width} px in ${locale} and has no fault of access`, async () => {
      const { page, context, open } = await openDesk(browser, { state, width })
      await page.addInitScript(
        chosen => localStorage.setItem('janta-counter-language', chosen),
        locale,
      )
      await open('/advice')
      await page.getByRole('heading', { name: heading }).waitFor()
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      assert.ok(over <= 0, `${over} px too wide`)
      assert.deepEqual(await faultsOf(page), [])
      await context.close()
    })
  }
}

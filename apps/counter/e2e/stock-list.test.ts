import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { type Desk, openBrowser, openDeskOf } from './counter.ts'
import { placeOrder, signedInCustomer } from './person.ts'

let browser: Browser
let keeper: Desk
before(async () => {
  browser = await openBrowser()
  keeper = await openDeskOf(browser, 'stock_keeper')
})
after(() => browser.close())

test('a stock keeper sees an order but is told who may pack it', async () => {
  const { page, open } = keeper
  const order = await placeOrder(await signedInCustomer(), 1)
  await open(`/orders/${order.id}`)
  await page.getByText('Only a pharmacist or an administrator may pack').waitFor()
  assert.ok(await page.getByRole('button', { name: 'Pack the order' }).isDisabled())
})

test('the expiry groups of the stock list are filters with their counts in the address', async () => {
  const { page, open } = keeper
  await open('/stock')
  const later = page
    .getByRole('navigation', { name: 'Batches by expiry' })
    .getByRole('link', { name: /Later.*\d/ })
  const count = Number(/\d[\d,]*/.exec(await later.innerText())?.[0].replaceAll(',', ''))
  assert.ok(count > 0)
  await later.click()
  await page.waitForURL(/expiry=later/)
  // The old list stands until the new address is taken up.
  await later.and(page.locator('[aria-current]')).waitFor()
  await page.locator('[data-row]').first().waitFor()
  assert.ok((await page.locator('[data-row]').count()) <= count)
})

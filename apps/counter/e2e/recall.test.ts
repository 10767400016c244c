import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { type Desk, faultsOf, openBrowser, openDeskOf } from './counter.ts'

let browser: Browser
let desk: Desk
before(async () => {
  browser = await openBrowser()
  desk = await openDeskOf(browser, 'administrator', { height: 2_600 })
})
after(() => browser.close())

test('a drill is opened after a second look, shows its equation and is closed with a certificate', async () => {
  const { page, open } = desk
  await open('/stock')
  const row = page.locator('[data-row]').first()
  const { name, batch } = await page.evaluate(async () => {
    const answer = await fetch('/api/v1/stock/batches?limit=1')
    const { items } = await answer.json()
    return { name: String(items[0].name), batch: String(items[0].batchNumber) }
  })
  await row.waitFor()
  await open('/recalls')
  await page.getByRole('button', { name: 'Open a recall' }).click()
  await page.getByRole('combobox', { name: 'Medicine' }).pressSequentially(name)
  await page.getByRole('option', { name }).first().click()
  await page.getByLabel('Batch numbers').fill(batch)
  await page.getByLabel('Called by').fill('Yearly drill')
  await page.getByLabel('Reason').fill('Practice')
  await page.getByLabel(/This is a drill/).check()
  assert.deepEqual(await faultsOf(page), [])
  await page.getByRole('button', { name: 'Look again before blocking' }).click()
  await page.getByRole('button', { name: 'Start the drill' }).click()
  await page.getByRole('heading', { name: 'Every unit accounted for' }).waitFor()
  await page.getByText('Reconciled', { exact: true }).first().waitFor()
  await page.getByRole('heading', { name: /^Buyers: / }).waitFor()
  const buyers = page.locator('section[aria-labelledby=buyers]')
  await buyers
    .getByText('Nobody was given a pack of these batches.')
    .or(buyers.locator('.row'))
    .first()
    .waitFor()
  assert.deepEqual(await faultsOf(page), [])
  await page.setViewportSize({ width: 320, height: 2_600 })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(overflow <= 0, `scrolls sideways by ${overflow}`)
  await page.getByRole('button', { name: 'Close the recall' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Close the recall' }).click()
  await page.getByText('The recall is closed.').waitFor()
  assert.ok(await page.getByRole('button', { name: 'Print certificate' }).isVisible())
})

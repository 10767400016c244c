import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, openDeskOf, said } from './counter.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

test('an administrator draws up the month, sees that its tables agree, and downloads the return', async () => {
  const desk = await openDeskOf(browser, 'administrator')
  await desk.open('/money')
  await desk.page.getByRole('button', { name: 'Draw up the month' }).click()
  const run = desk.page.getByRole('article').first()
  await run.getByText('All tables agree').waitFor()
  await run.getByText('Numbers follow one another without a gap').waitFor()
  const [download] = await Promise.all([
    desk.page.waitForEvent('download'),
    run.getByRole('button', { name: 'gstr1.json' }).click(),
  ])
  assert.equal(download.suggestedFilename(), 'gstr1.json')
  await desk.context.close()
})

test('who sells is changed from a later day on, a mistyped GSTIN is said at its field, and the edit log tells who did it', async () => {
  const desk = await openDeskOf(browser, 'administrator')
  await desk.open('/money')
  const { page } = desk
  const card = page.getByRole('region', { name: 'Who sells' })
  await card.getByRole('button', { name: 'Change from a day on' }).click()
  const gstin = card.getByLabel('GSTIN')
  const own = await gstin.inputValue()
  await gstin.fill(`${own.slice(0, 14)}${own.endsWith('A') ? 'B' : 'A'}`)
  await card.getByRole('button', { name: 'Record' }).click()
  await card.locator('#gstin-error').getByText('A character of this GSTIN is mistyped.').waitFor()
  await gstin.fill(own)
  // Long after this run, so that no document of another journey prints it.
  await card.getByLabel('Valid from').fill('2099-04-01')
  await card.getByLabel('Name of the shop').fill('Sample Chemists of Later')
  await card.getByRole('button', { name: 'Record' }).click()
  await said(page, 'Recorded. Documents print it from that day on.')
  await card
    .getByRole('group', { name: 'Recorded for later' })
    .getByText('Sample Chemists of Later')
    .waitFor()
  await page.getByText('Edit log').click()
  const recorded = page.getByRole('listitem').filter({ hasText: 'Who sells was recorded' })
  await recorded.filter({ hasText: 'Administrator' }).first().waitFor()
  await desk.context.close()
})

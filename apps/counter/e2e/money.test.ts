import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser, openDeskOf } from './counter.ts'

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

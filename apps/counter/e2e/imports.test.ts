import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type Desk, faultsOf, openBrowser, openDeskOf } from './counter.ts'

let browser: Browser
let desk: Desk
before(async () => {
  browser = await openBrowser()
  desk = await openDeskOf(browser, 'administrator', { height: 1_600 })
})
after(() => browser.close())

/** Both widths, both languages: nothing axe finds, nothing that scrolls sideways. */
async function lookAt(page: Page, name: string): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 1_600 })
    assert.deepEqual(await faultsOf(page), [], `${name} at ${width}`)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(overflow <= 0, `${name} scrolls sideways by ${overflow} at ${width}`)
    const folder = process.env['JANTA_PICTURES']
    if (folder) await page.screenshot({ path: `${folder}/${name}-${width}.png` })
  }
  await page.setViewportSize({ width: 1280, height: 1_600 })
}

const list = [
  'Product Name,Company,Packing,Salt,M.R.P.',
  'Testdesk 650 Tablet,Sample Labs,strip of 15 tablets,Paracetamol (650mg),30.91',
  'Testdesk Free Tablet,Sample Labs,strip of 10 tablets,Paracetamol (500mg),free',
  'Testdesk Gel,Sample Labs,,,',
].join('\n')

test('a list is uploaded, its columns confirmed, its good rows stored, and the whole undone', async () => {
  const { page, open } = desk
  await open('/imports')
  await lookAt(page, 'start')
  await page.getByRole('button', { name: 'Upload and read' }).click()
  await page.getByText('Say whose list it is.').waitFor()
  await page.getByLabel('Whose list is it?').fill('Sample list')
  const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list) }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: 'Upload and read' }).click()
  await page.getByRole('heading', { name: 'Which column holds what?' }).waitFor()
  assert.equal(await page.getByLabel('MRP').inputValue(), '4')
  await lookAt(page, 'columns')
  await page.getByRole('button', { name: 'Check all rows' }).click()
  await page.getByText('"free" is not an amount of rupees.').waitFor()
  await lookAt(page, 'preview')
  await page.getByRole('button', { name: 'Store 2 rows' }).click()
  await page.getByText('2 rows are stored').waitFor()
  await lookAt(page, 'done')
  await page.getByRole('button', { name: 'Undo this import' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click()
  await page.getByText('2 changes were put back').waitFor()
  await lookAt(page, 'undone')
})

test('a file that is no list is refused in words, in Hindi too, and stays in the history', async () => {
  const { page, open } = desk
  await open('/imports')
  await page.getByLabel('Whose list is it?').fill('Sample scan')
  const file = { name: 'scan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: 'Upload and read' }).click()
  await page.getByText('The file cannot be read').waitFor()
  await page.evaluate(() => localStorage.setItem('janta-counter-language', 'hi'))
  await page.reload({ waitUntil: 'networkidle' })
  await page.getByText('फ़ाइल पढ़ी नहीं जा सकी').first().waitFor()
  await lookAt(page, 'refused-hi')
  await open('/imports')
  await page.getByText('Sample scan').first().waitFor()
  await lookAt(page, 'history-hi')
})

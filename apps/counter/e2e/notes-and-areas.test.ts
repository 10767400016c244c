import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { type Desk, faultsOf, openBrowser, openDeskOf } from './counter.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

// Taller than the longest page: what the bottom bar covers until one scrolls is no small target.
const tall = 8_000

/** Three widths: nothing axe finds, nothing that scrolls sideways. */
async function lookAt({ page }: Desk, name: string): Promise<void> {
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: tall })
    assert.deepEqual(await faultsOf(page), [], `${name} at ${width}`)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(overflow <= 0, `${name} scrolls sideways by ${overflow} at ${width}`)
    const folder = process.env['JANTA_PICTURES']
    if (folder) await page.screenshot({ path: `${folder}/${name}-${width}.png` })
  }
  await page.setViewportSize({ width: 1280, height: 1_600 })
}

test('the pharmacist puts a cited sentence on the pages; without a source none goes, and the old one is kept', async () => {
  const desk = await openDeskOf(browser, 'pharmacist', { height: 1_600 })
  const { page, open } = desk
  await open('/catalogue/notes')
  await page.getByRole('heading', { name: 'Caution', exact: true }).waitFor()
  await lookAt(desk, 'notes')
  const place = page.getByRole('button', {
    name: 'Write a newer one: Caution, Schedule G, English',
  })
  await place.click()
  await page
    .getByLabel('The sentence')
    .fill('Take it only while a doctor looks after the treatment.')
  await page.getByLabel('Source', { exact: true }).fill('')
  await page.getByRole('button', { name: 'Put it on the pages' }).click()
  await page.getByText('Say where it stands.').first().waitFor()
  await page.getByLabel('Source', { exact: true }).fill('Drugs Rules 1945, rule 97')
  await lookAt(desk, 'note')
  await page.getByRole('button', { name: 'Put it on the pages' }).click()
  await page.getByText('Take it only while a doctor looks after the treatment.').waitFor()
  await page.getByText('1 earlier sentence').first().click()
  await page.getByText('Take this medicine only while a doctor is watching').waitFor()
  await page.getByRole('button', { name: 'हिन्दी' }).click()
  await page.getByRole('heading', { name: 'सावधानी', exact: true }).waitFor()
  await lookAt(desk, 'notes-hi')
  await page.getByRole('button', { name: 'English' }).click()
  await desk.context.close()
})

test('the owner switches the cold chain on for a beginning of PINs, takes it out and puts it back', async () => {
  const desk = await openDeskOf(browser, 'administrator', { height: 1_600 })
  const { page, open } = desk
  await open('/lanes')
  await page.getByRole('button', { name: 'Add an area' }).click()
  await page.getByLabel('PIN begins with').fill('0')
  await page.getByRole('button', { name: 'Save the area' }).click()
  await page.getByText('Enter one to six digits that do not begin with 0.').first().waitFor()
  await page.getByLabel('PIN begins with').fill('453')
  await page.getByLabel('Cold chain').check()
  await lookAt(desk, 'lane')
  await page.getByRole('button', { name: 'Save the area' }).click()
  await page.getByRole('cell', { name: '453', exact: true }).waitFor()
  await lookAt(desk, 'lanes')
  await page.getByRole('button', { name: 'Take out 453' }).click()
  await page.getByRole('cell', { name: '453', exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Put it back' }).click()
  await page.getByRole('cell', { name: '453', exact: true }).waitFor()
  await page.getByRole('button', { name: 'हिन्दी' }).click()
  await page.getByRole('columnheader', { name: 'कोल्ड चेन' }).waitFor()
  await lookAt(desk, 'lanes-hi')
  await page.getByRole('button', { name: 'English' }).click()
  await desk.context.close()
})

test('the list one searched is saved as CSV, all its pages, no cell of it a formula', async () => {
  const desk = await openDeskOf(browser, 'pharmacist', { height: 1_600 })
  const { page, open } = desk
  await open('/catalogue/medicines?q=tablet')
  await page.getByRole('button', { name: 'Show more' }).waitFor()
  await lookAt(desk, 'medicines-list')
  const total = Number((await page.getByText(/^\d+ medicines$/).textContent())?.split(' ')[0])
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as CSV' }).click()
  const lines = readFileSync(await (await saved).path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  assert.equal(lines.length, total + 1)
  assert.match(lines[0] ?? '', /^\ufeffMedicine,/)
  assert.ok(lines.every(line => !/(^|,)"?[=+@-]/.test(line)))
  await desk.context.close()
})

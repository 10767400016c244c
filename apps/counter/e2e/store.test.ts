import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type Desk, faultsOf, openBrowser, openDeskOf, scan } from './counter.ts'

let browser: Browser
let keeper: Desk
let pharmacist: Desk
let owner: Desk
before(async () => {
  browser = await openBrowser()
  keeper = await openDeskOf(browser, 'stock_keeper', { height: 2_600 })
  pharmacist = await openDeskOf(browser, 'pharmacist', { height: 2_600 })
  owner = await openDeskOf(browser, 'administrator', { height: 2_600 })
})
after(() => browser.close())

const mark = `E2E${Date.now() % 1e6}`

interface Lot {
  id: string
  medicineId: string
  name: string
  batchNumber: string
  bin: string
  onHandUnits: number
  unitsPerPack: number
}

/** Puts a lot of its own on the shelf, so that journeys leave each other's alone. */
async function receive(page: Page, lot: { batch: string; bin: string; expiry: string }) {
  return page.evaluate(async ({ batch, bin, expiry }): Promise<Lot> => {
    const found = await fetch('/api/v1/medicines?limit=1')
    const medicineId = (await found.json()).items[0].id
    const line = { medicineId, batchNumber: batch, expiry, mrpPaise: 12_000, packs: 5, bin }
    const answer = await fetch('/api/v1/stock/receipts', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({
        supplierName: 'E2E',
        billNumber: crypto.randomUUID().slice(0, 30),
        lines: [line],
      }),
    })
    if (answer.status !== 201) throw new Error(await answer.text())
    return (await answer.json()).lines[0]
  }, lot)
}

/** Accessible, and no wider than a phone, in both languages. */
async function assertFits(page: Page) {
  // A colour half-way through its change is no fault.
  await page.waitForFunction(() => document.getAnimations().length === 0)
  assert.deepEqual(await faultsOf(page), [])
  const size = page.viewportSize()
  await page.setViewportSize({ width: 320, height: 900 })
  // As tall as the page, so that nothing of it lies under the bar at the foot of a phone, where one scrolls.
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: 320, height })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(wide <= 0, `scrolls sideways by ${wide}`)
  assert.deepEqual(await faultsOf(page), [])
  if (size) await page.setViewportSize(size)
}

test('a blind count is left, taken up by the scanner, and its difference approved by another person', async () => {
  const { page, open } = keeper
  await open('/stock/counts')
  const lot = await receive(page, { batch: `${mark}C`, bin: `${mark}`, expiry: '2031-03' })
  await page.getByRole('button', { name: 'Begin a count' }).first().click()
  await page.getByRole('button', { name: 'Begin', exact: true }).click()
  await page.getByText('Type the bin, as on its label.').waitFor()
  await page.getByRole('textbox', { name: 'Bin' }).fill(mark)
  await page.getByLabel(/Blind count/).check()
  await assertFits(page)
  await page.getByRole('button', { name: 'Begin', exact: true }).click()
  const packs = page.getByLabel(`Packs counted, ${lot.name}, batch ${mark}C`)
  await packs.waitFor()
  assert.equal(await page.getByText(/^Book/).count(), 0, 'a blind sheet shows the book')

  await open('/stock/counts')
  await page.getByRole('link', { name: new RegExp(`Bin ${mark}`) }).click()
  await packs.waitFor()
  await page.locator('h1').click()
  await scan(page, `NOT${mark}`)
  await page.getByText(`Batch NOT${mark} is not on this sheet.`, { exact: false }).waitFor()
  await scan(page, `${mark}C`)
  await page.waitForFunction(
    batch => document.activeElement?.getAttribute('data-count') === batch,
    `${mark}C`,
  )
  await page.keyboard.type('4')
  await page.keyboard.press('Enter')
  await page.getByText('It differs. Count once more; if it stays, choose why.').waitFor()
  await page.getByLabel(/^Why it differs/).selectOption('lost')
  await assertFits(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Every place has its number.').waitFor()
  await page.getByRole('link', { name: /^Differences/ }).click()
  await page.getByText('Waits for another person').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Approve' }).count(), 0)

  const other = pharmacist.page
  await other.goto(page.url(), { waitUntil: 'networkidle' })
  await other.getByRole('button', { name: 'Approve' }).click()
  await other.getByText('No difference waits for anybody.').waitFor()
  await other.getByRole('button', { name: 'End the count' }).click()
  await other.getByRole('dialog').getByRole('button', { name: 'End the count' }).click()
  await other
    .getByText(/^Ended /)
    .first()
    .waitFor()
  await assertFits(other)
})

test('an expired batch is written off with its slip, put back, and every step is on its page', async () => {
  const { page, open } = pharmacist
  await open('/stock/expiry')
  const now = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 7)
  const lot = await receive(page, { batch: `${mark}X`, bin: '', expiry: now })
  await open('/stock/expiry?step=within_90_days')
  await page.getByRole('button', { name: /^Show all/ }).click()
  await page.getByRole('button', { name: `Set apart, ${mark}X` }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Set apart' }).click()
  await dialog.getByText('Write at least three letters about why.').waitFor()
  await dialog.getByLabel('Reason').fill('To be sent back to the supplier')
  assert.deepEqual(await faultsOf(page), [])
  await dialog.getByRole('button', { name: 'Set apart' }).click()
  await page.getByText(/units set apart/).waitFor()
  await page.getByRole('button', { name: `Write off, ${mark}X` }).click()
  await dialog.getByLabel('Units').fill('2')
  await dialog.getByLabel('Witness, waste carrier or slip number').fill('Slip 12')
  await dialog.getByRole('button', { name: 'Write off' }).click()
  await page.getByText('Written off.', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Put back' }).first().click()
  await dialog.getByLabel('Reason').fill('Wrong batch')
  await dialog.getByRole('button', { name: 'Put back' }).click()
  await page.getByText('Put back.', { exact: true }).waitFor()
  await assertFits(page)

  await open(`/stock/batches/${lot.id}`)
  await page.getByRole('heading', { name: 'From the supplier’s bill to the patient' }).waitFor()
  await page.getByText('Written off', { exact: false }).first().waitFor()
  await page.getByRole('button', { name: 'Release' }).click()
  await dialog.getByLabel('Reason').fill('Looked at, good')
  await dialog.getByRole('button', { name: 'Release' }).click()
  await page.getByText(/are on the shelf again/).waitFor()
  await assertFits(page)
})

test('a fridge too warm sets its goods apart until the pharmacist decides', async () => {
  const { page, open } = owner
  await open('/stock/cold')
  const lot = await receive(page, { batch: `${mark}F`, bin: `F${mark}`, expiry: '2031-03' })
  await page.getByRole('button', { name: 'Add a fridge' }).first().click()
  await page.getByLabel('Name of the fridge').fill(`Fridge ${mark}`)
  await page.getByLabel('Bin', { exact: true }).fill(`F${mark}`)
  await page.getByRole('button', { name: 'Save' }).click()
  const temperature = page.getByLabel(`Temperature of Fridge ${mark}, °C`)
  await temperature.fill('warm')
  await page.keyboard.press('Enter')
  await page.getByText('Type the temperature, such as 4.5.').waitFor()
  await page
    .getByLabel(`Logger CSV, Fridge ${mark}`)
    .last()
    .setInputFiles({
      name: 'logger.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Time,Temperature\n2026-01-05 09:00,4.5\n2026-01-05 21:00,5.1\n'),
    })
  await page.getByText('2 new readings.').waitFor()
  await temperature.fill('12.5')
  await page.getByLabel('What was done').fill('Door closed')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Too warm or too cold' }).waitFor()
  await assertFits(page)

  // The page of the day says so, and leads there.
  await pharmacist.open('/')
  const other = pharmacist.page
  await other
    .getByRole('link', { name: /^See what lies apart.*outside (its|their) limits/ })
    .click()
  const item = other.getByRole('listitem').filter({ hasText: `Fridge ${mark}` })
  await item.getByRole('link', { name: lot.name }).waitFor()
  await other.getByRole('button', { name: `Decide, Fridge ${mark}` }).click()
  await other.getByLabel('What the decision rests on').fill('The maker’s letter of today')
  await other.getByRole('dialog').getByRole('button', { name: 'Decide' }).click()
  await other.getByRole('heading', { name: 'Decided before' }).waitFor()
  await assertFits(other)
})

test('goods go to another store, one transfer is called back, one arrives short with its reason', async () => {
  const { page, open } = owner
  await open('/stock/transfers')
  const lot = await receive(page, { batch: `${mark}T`, bin: '', expiry: '2029-01' })
  await page.getByRole('button', { name: 'Add a store' }).first().click()
  await page.getByLabel('Name of the store').fill(`Store ${mark}`)
  await page.getByRole('dialog').getByRole('button', { name: 'Add a store' }).click()
  for (const end of ['called back', 'received'] as const) {
    await open('/stock/transfers')
    await page.getByRole('button', { name: 'Send goods' }).first().click()
    await page.getByLabel('To', { exact: true }).selectOption({ label: `Store ${mark}` })
    await page.getByRole('combobox', { name: 'Add a medicine' }).pressSequentially(lot.name)
    await page.getByRole('option', { name: lot.name }).first().click()
    await page.getByLabel(/^Packs, batch/).fill('1')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('button', { name: 'Receive now' }).waitFor()
    await assertFits(page)
    if (end === 'called back') {
      await page.getByRole('button', { name: 'Call back' }).click()
      await page.getByRole('dialog').getByLabel('Reason').fill('Wrong store')
      await page.getByRole('dialog').getByRole('button', { name: 'Call back' }).click()
      await page.getByText('Called back', { exact: true }).first().waitFor()
      continue
    }
    await page.getByLabel(/^Good units/).fill('0')
    await page.getByRole('button', { name: 'Receive now' }).click()
    await page.getByLabel(/^Why it is short/).selectOption('lost')
    await page.getByRole('button', { name: 'Receive now' }).click()
    await page.getByRole('heading', { name: 'What arrived' }).waitFor()
    await page.getByText(/Lost on the way/).waitFor()
    await assertFits(page)
  }
})

test('the reports say that the ledger agrees and what the stock was worth on a past day', async () => {
  const { page, open } = owner
  await open('/stock/reports')
  await page.getByText('Every balance is the sum of its movements.').waitFor()
  const asked = page.waitForResponse(/\/stock\/.*day=2026-01-01/)
  await page.getByLabel('At the end of').fill('2026-01-01')
  await page.keyboard.press('Tab')
  await asked
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'What the stock was worth: save as CSV' }).click()
  assert.equal((await saved).suggestedFilename(), 'valuation-2026-01-01.csv')
  for (const [report, what] of [
    ['Slow movers', /^Lay here the whole time/],
    ['Sold out', /^Sold in this time/],
    ['Asked for in vain', /^Somebody wanted it/],
  ] as const) {
    await page.getByRole('button', { name: report, exact: true }).click()
    await page.getByText(what).waitFor()
  }
  await page.getByLabel('Over').selectOption('365')
  const whole = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Asked for in vain: save as CSV' }).click()
  assert.equal((await whole).suggestedFilename(), 'lost-demand-365-days.csv')
  await assertFits(page)
})

test('every store page says its words in Hindi', async () => {
  const { page, context } = owner
  await context.addInitScript(() => localStorage.setItem('janta-counter-language', 'hi'))
  for (const [path, title] of [
    ['/stock/counts', 'गिनती'],
    ['/stock/expiry', 'एक्सपायरी'],
    ['/stock/cold', 'कोल्ड चेन'],
    ['/stock/transfers', 'ट्रांसफ़र'],
    ['/stock/reports', 'स्टॉक रिपोर्ट'],
  ] as const) {
    await owner.open(path)
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await assertFits(page)
  }
})

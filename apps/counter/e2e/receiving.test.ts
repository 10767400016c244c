import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { type Desk, openBrowser, openDeskOf } from './counter.ts'
import { newPerson, placeOrder, signedInCustomer } from './person.ts'

let browser: Browser
let keeper: Desk
let medicine: string
before(async () => {
  browser = await openBrowser()
  keeper = await openDeskOf(browser, 'stock_keeper')
  const { items } = await newPerson().call.searchMedicines({ query: { limit: 1 } })
  medicine = items[0]?.name ?? ''
  assert.ok(medicine, 'the sample catalogue is empty')
})
after(() => browser.close())

const bill = `E2E/${Date.now()}`
const batch = `E2E${Date.now() % 1e8}`

/** A whole row by the keyboard: the medicine chosen from the list, Enter from cell to cell. */
async function typeRow(number: number, cells: string[]): Promise<void> {
  const { page } = keeper
  await page.getByLabel(`Medicine, Row ${number}`).pressSequentially(medicine.slice(0, 12))
  await page.getByRole('option', { name: medicine }).first().waitFor()
  await page.keyboard.press('Enter')
  for (const cell of cells) {
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(cell)
    await page.keyboard.press('Enter')
  }
}

test('a bill is received by the keyboard, survives a reload, and stands on the shelf', async () => {
  const { page, open } = keeper
  await open('/stock/receive')
  await page.getByLabel('Supplier', { exact: true }).fill('Sample Distributors')
  await page.getByLabel('Bill number').fill(bill)
  await typeRow(1, [batch, '0331', '120.5', '10', '2', 'E-01-1'])
  assert.ok(await page.getByLabel('Medicine, Row 2').isVisible(), 'the last cell makes a new row')
  assert.equal(await page.getByLabel('Expiry, Row 1').inputValue(), '03/31')

  await page.reload({ waitUntil: 'networkidle' })
  await page.getByText('Your draft was kept.').waitFor()
  assert.equal(await page.getByLabel('Batch, Row 1').inputValue(), batch)
  await page.getByRole('button', { name: 'Receive 1 line' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('12 packs of one batch enter the ledger now.').waitFor()
  await dialog.getByRole('button', { name: 'Receive now' }).click()
  await page.getByText('These batches are on the shelf now.').waitFor()

  await page.getByRole('link', { name: medicine }).click()
  const panel = page.getByRole('complementary', { name: 'Movements' })
  await panel.getByText(batch).waitFor()
  await panel.getByText('Received').waitFor()
  assert.match(await panel.innerText(), /Mar 2031/)
})

test('a scanned pack fills batch and expiry; a second scan that disagrees changes nothing and says so', async () => {
  const { page, open } = keeper
  await open('/stock/receive')
  await page.getByLabel('Medicine, Row 1').pressSequentially(medicine.slice(0, 12))
  await page.getByRole('option', { name: medicine }).first().waitFor()
  await page.keyboard.press('Enter')
  // A scanner on the keyboard sends a sign of its own for the separator, and Enter at the end.
  await page.keyboard.type(`]d2010890103010000010${batch}S~17310300`)
  await page.keyboard.press('Enter')
  const batchCell = page.getByLabel('Batch, Row 1')
  assert.equal(await batchCell.inputValue(), `${batch}S`)
  assert.equal(await page.getByLabel('Expiry, Row 1').inputValue(), '03/31')
  await batchCell.press('End')
  await page.keyboard.type(']d2010890103010000010OTHER')
  await page.keyboard.press('Enter')
  await page.getByText('The code says batch OTHER').waitFor()
  assert.equal(await batchCell.inputValue(), `${batch}S`)
  await page.getByRole('button', { name: 'Start over' }).click()
})

test('an expired batch is refused in its row before it is sent', async () => {
  const { page, open } = keeper
  await open('/stock/receive')
  await page.getByLabel('Supplier', { exact: true }).fill('Sample Distributors')
  await page.getByLabel('Bill number').fill(`${bill}/2`)
  await typeRow(1, [`${batch}B`, '0120', '50', '5'])
  await page.getByRole('button', { name: 'Receive 1 line' }).click()
  const summary = page.getByRole('alert')
  await summary.getByText('Row 1: This batch has expired.').waitFor()
  await summary.getByRole('link').click()
  assert.equal(await page.getByLabel('Expiry, Row 1').getAttribute('aria-invalid'), 'true')
  await page.getByRole('button', { name: 'Start over' }).click()
})

test('the same bill a second time is refused by the server and the draft stays', async () => {
  const { page, open } = keeper
  await open('/stock/receive')
  await page.getByLabel('Supplier', { exact: true }).fill('Sample Distributors')
  await page.getByLabel('Bill number').fill(bill)
  await typeRow(1, [`${batch}C`, '0331', '50', '5'])
  await page.getByRole('button', { name: 'Receive 1 line' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Receive now' }).click()
  await page.getByRole('alert').first().waitFor()
  assert.equal(await page.getByLabel('Batch, Row 1').inputValue(), `${batch}C`)
  await page.getByRole('button', { name: 'Start over' }).click()
  assert.equal(await page.evaluate(() => localStorage.getItem('janta-counter-receipt')), null)
})

test('the expiry groups of the stock list are filters with their counts in the address', async () => {
  const { page, open } = keeper
  await open('/stock')
  const later = page
    .getByRole('navigation', { name: 'Batches by expiry' })
    .getByRole('link', { name: /Later/ })
  const count = Number(/\d[\d,]*/.exec(await later.innerText())?.[0].replaceAll(',', ''))
  assert.ok(count > 0)
  await later.click()
  await page.waitForURL(/expiry=later/)
  await page.locator('[data-row]').first().waitFor()
  assert.ok((await page.locator('[data-row]').count()) <= count)
})

test('a stock keeper sees an order but is told who may pack it', async () => {
  const { page, open } = keeper
  const order = await placeOrder(await signedInCustomer(), 1)
  await open(`/orders/${order.id}`)
  await page.getByText('Only a pharmacist or an administrator may pack').waitFor()
  assert.ok(await page.getByRole('button', { name: 'Pack the order' }).isDisabled())
})

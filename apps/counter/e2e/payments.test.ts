import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { faultsOf, type Desk, openBrowser, openDesk, stateOf } from './counter.ts'

let browser: Browser
let state: string
before(async () => {
  browser = await openBrowser()
  state = await stateOf(browser, 'administrator')
})
after(() => browser.close())

async function countPieces({ page }: Desk, pieces: Readonly<Record<number, string>>) {
  await page.getByRole('button', { name: 'Count the drawer' }).click()
  for (const [rupees, typed] of Object.entries(pieces)) {
    await page.getByLabel(`Pieces of ₹${rupees}`, { exact: true }).fill(typed)
  }
}

/** A shift another run left open is closed first: there is one drawer. */
async function closeLeftOpen(desk: Desk) {
  const { page } = desk
  await page.getByRole('heading', { name: 'Closed shifts' }).waitFor()
  if (await page.getByRole('heading', { name: 'The drawer is closed' }).isVisible()) return
  await countPieces(desk, { 500: '200' })
  await page.getByLabel('Why it differs').fill('Left open by another run')
  await page.getByRole('button', { name: 'Close the drawer' }).click()
}

test('a shift: open with the float, pay out, count note by note, explain the difference, close', async () => {
  const desk = await openDesk(browser, { state })
  const { page } = desk
  await desk.open('/drawer')
  await closeLeftOpen(desk)
  await page.getByLabel('Float in rupees').fill('2000')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Should lie in it' }).waitFor()
  await page.getByLabel('What', { exact: true }).selectOption({ label: 'Paid out' })
  await page.getByLabel('Amount in rupees').fill('250.50')
  await page.getByLabel('For what').fill('Courier')
  await page.keyboard.press('Enter')
  await page.getByText('−₹250.50').waitFor()
  assert.deepEqual(await faultsOf(page), [])

  await countPieces(desk, { 500: '3', 200: '1', 20: '2', 5: '1', 2: '2' })
  await page.getByText('₹0.50 too little').waitFor()
  await page.getByLabel('Pieces of ₹20', { exact: true }).fill('')
  await page.getByText('₹40.50 too little').waitFor()
  assert.deepEqual(await faultsOf(page), [])
  await page.getByRole('button', { name: 'Close the drawer' }).click()
  await page.getByText('Count again, or write why it differs.').waitFor()
  await page.getByLabel('Why it differs').fill('Change given twice')
  await page.getByRole('button', { name: 'Close the drawer' }).click()
  await page.getByRole('heading', { name: 'The drawer is closed' }).waitFor()
  await page.getByText('Change given twice').first().waitFor()
  await desk.context.close()
})

test('a settlement report is held against the books, and the same one is not read twice', async () => {
  const desk = await openDesk(browser, { state })
  const { page } = desk
  const unknown = `pay_${randomUUID().slice(0, 14)}`
  const name = `settlement-${unknown.slice(4, 12)}.csv`
  const text = [
    'entity_id,type,debit,credit,amount,fee,tax,settled_at',
    `${unknown},payment,0.00,97.64,100.00,2.36,0.36,2026-11-20`,
    'adj_1,adjustment,1.50,0.00,1.50,0.00,0.00,2026-11-20',
  ].join('\r\n')
  const file = { name, mimeType: 'text/csv', buffer: Buffer.from(text) }
  await desk.open('/settlements')
  await page.getByRole('button', { name: 'Hold it against our books' }).click()
  await page.getByText('Choose the report first.').waitFor()
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: 'Hold it against our books' }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
  await page.getByText(unknown).waitFor()
  await page.getByText('Not in our books').waitFor()
  assert.deepEqual(await faultsOf(page), [])

  await desk.open('/settlements')
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: 'Hold it against our books' }).click()
  await page.getByRole('alert').waitFor()
  assert.equal(await page.getByRole('link', { name }).count(), 1)
  await desk.context.close()
})

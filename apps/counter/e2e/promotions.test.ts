import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { faultsOf, openBrowser, openDeskOf, pharmacyUrl } from './counter.ts'
import { newPerson } from './person.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

const letters = () =>
  Math.random()
    .toString(36)
    .slice(2, 8)
    .toUpperCase()
    .replace(/[^A-Z]/g, 'X')

/** A medicine anybody may buy, dear enough for the offer of this journey. */
async function openMedicine() {
  const { items } = await newPerson().call.searchMedicines({ query: { limit: 50 } })
  const found = items.find(
    item => item.decision === 'open' && (item.pricePaise ?? 0) >= 2_000 && item.availablePacks >= 5,
  )
  assert.ok(found, 'the sample pharmacy has too little to order')
  return found
}

test('an administrator makes a coupon, a customer without script uses it, and it is ended', async () => {
  const code = `TRY${letters()}`
  const desk = await openDeskOf(browser, 'administrator')
  const { page } = desk
  await desk.open('/promotions')
  await page.getByRole('button', { name: 'New offer' }).click()
  await page.getByRole('button', { name: 'Make this offer' }).click()
  await page.getByText('Write a code of 3 to 20 capital letters and digits').first().waitFor()
  await page.getByLabel('Name customers see').fill('Journey offer')
  await page.getByLabel('The same in Hindi').fill('यात्रा छूट')
  await page.getByRole('textbox', { name: 'Coupon code' }).fill(code.toLowerCase())
  await page.getByLabel('Per cent', { exact: true }).fill('12.5')
  await page.getByLabel(/^Times in all/).fill('3')
  assert.deepEqual(await faultsOf(page), [])
  await page.keyboard.press('Enter')
  const row = page.getByRole('listitem').filter({ hasText: code })
  await row.getByText('Running').waitFor()
  await row.getByText('12.5% off').waitFor()
  assert.deepEqual(await faultsOf(page), [])

  const medicine = await openMedicine()
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 320, height: 700 },
  })
  const customer = await context.newPage()
  await customer.goto(`${pharmacyUrl}/medicine/${medicine.id}`)
  await customer.getByRole('button', { name: 'Add to cart' }).first().click()
  await customer.getByLabel('Have a coupon?').fill('no such code')
  await customer.getByRole('button', { name: 'Use coupon' }).click()
  await customer.getByText('There is no such coupon today.').first().waitFor()
  await customer.getByLabel('Have a coupon?').fill(` ${code.toLowerCase()} `)
  await customer.getByRole('button', { name: 'Use coupon' }).click()
  await customer.getByText(`Coupon ${code} is on this cart.`).waitFor()
  await customer.getByText('Journey offer').waitFor()
  const widest = 'document.documentElement.scrollWidth'
  assert.ok((await customer.evaluate<number>(widest)) <= 320)
  await customer.getByRole('button', { name: `Take the coupon ${code} off` }).click()
  await customer.getByLabel('Have a coupon?').waitFor()
  await context.close()

  await row.getByRole('button', { name: /^End/ }).click()
  await page.getByRole('button', { name: 'End the offer' }).click()
  await row.getByText('Over').waitFor()
  await desk.context.close()
})

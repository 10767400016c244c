import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { ask, billLine, receiveByApi } from './buying-desk.ts'
import { openBrowser } from './counter.ts'
import { GoodsIn } from './goods-in.ts'

let browser: Browser
let goods: GoodsIn
before(async () => {
  browser = await openBrowser()
  goods = await GoodsIn.open(browser)
})
after(() => browser.close())

const stamp = Date.now()

test('a bill typed by keyboard survives a reload; sent again after a lost answer it is received once', async () => {
  const { page, open } = goods.keeper
  await open('/stock/receive')
  await goods.typeHead({ number: `E2E/${stamp}`, total: '1' })
  await goods.typeRow(1, `E2E${stamp}`, { Free: '2' })
  await page.getByText(/landed ₹83\.33 a pack/).waitFor()
  await page.getByLabel('Bill total').fill(await goods.computed())
  await page.getByText('Agrees with the bill').waitFor()

  await page.reload({ waitUntil: 'networkidle' })
  await page.getByText('Your draft was kept.').waitFor()
  assert.equal(await page.getByLabel('Batch, Row 1').inputValue(), `E2E${stamp}`)

  // The server takes the bill; its answer never reaches the desk.
  await page.route('**/purchases/bills', async route => {
    await route.fetch()
    await route.abort()
  })
  await goods.lookThrough()
  await page.getByRole('dialog').getByRole('button', { name: 'Receive now' }).click()
  await page.getByText('No answer came').waitFor()
  await page.unroute('**/purchases/bills')
  await goods.lookThrough()
  await page.getByRole('dialog').getByRole('button', { name: 'Receive now' }).click()
  await page.getByRole('heading', { level: 1, name: `Bill E2E/${stamp}` }).waitFor()
  const { items } = await ask<{ items: { billNumber: string }[] }>(
    goods.keeper,
    'GET',
    `/purchases/bills?supplierId=${goods.supplier.id}`,
  )
  assert.equal(items.filter(one => one.billNumber === `E2E/${stamp}`).length, 1)
  assert.equal(await page.evaluate(() => localStorage.getItem('janta-counter-receipt')), null)
  await page.getByRole('link', { name: goods.medicine().name }).click()
  await page.getByRole('complementary').getByText(`E2E${stamp}`).waitFor()
})

test('what changed is said in words with its figures before it is received', async () => {
  const { page, open } = goods.keeper
  await receiveByApi(goods.keeper, goods.supplier.id, [billLine(goods.medicine().id)])
  await open('/stock/receive')
  await goods.typeHead({ number: `ODD/${stamp}`, total: '1' })
  await goods.typeRow(1, `ODD${stamp}`, { MRP: '180', Rate: '120' })
  await page.getByText('MRP was ₹150.00, now ₹180.00').waitFor()
  await page.getByText('Costs more than last time (rate then ₹100.00)').waitFor()
  await page.getByRole('button', { name: 'Short, damaged, place: row 1' }).click()
  await goods.put('Came in order', 1, '7')
  await goods.put('Damaged', 1, '1')
  await page.getByText('2 packs short').waitFor()
  await page.getByText('1 packs damaged').waitFor()
  await page.getByLabel('Bill total').fill(await goods.computed())
  await goods.lookThrough()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('1 line to look at').waitFor()
  await dialog.getByText('MRP was ₹150.00, now ₹180.00').waitFor()
  await dialog.getByRole('button', { name: 'Receive now' }).click()
  await page.getByRole('heading', { level: 1, name: `Bill ODD/${stamp}` }).waitFor()
})

test('Enter takes the medicine whose letters were typed, never one of a list that is late or only like it', async () => {
  const { page, open } = goods.keeper
  const [one, other] = [goods.medicine(0), goods.medicine(1)]
  await open('/stock/receive')
  const field = page.getByLabel('Medicine, Row 1')
  const first = (name: string) => page.locator('li[role=option]').first().filter({ hasText: name })
  await field.fill(one.name)
  await first(one.name).waitFor()
  await page.route('**/api/v1/medicines?**', async route => {
    await page.waitForTimeout(700)
    await route.continue()
  })
  await field.fill(other.name)
  await field.press('Enter')
  await first(other.name).waitFor()
  assert.equal(await field.inputValue(), other.name)
  await page.unroute('**/api/v1/medicines?**')
  await field.press('Enter')
  await page.locator('li[role=option]').first().waitFor({ state: 'detached' })
  assert.equal(await field.inputValue(), other.name)

  const slip = one.name.slice(0, 3) + one.name.slice(4)
  await field.fill(slip)
  await page.getByText(/^Shown for “.*”: choose one$/).waitFor()
  await field.press('Enter')
  assert.equal(await field.inputValue(), slip, 'a guess was taken unseen')
  await field.press('ArrowDown')
  const marked = await page.locator('li[role=option][aria-selected=true] b').innerText()
  await field.press('Enter')
  assert.equal(await field.inputValue(), marked)
  await goods.startOver()
})

test('goods of a short life and a wrong total are refused with the reason, and a promise lets them in', async () => {
  const { page, open } = goods.keeper
  const soon = new Date(Date.now() + 60 * 86_400_000).toISOString()
  await open('/stock/receive')
  // A slow line: the running sum's question is still on its way when the last look is asked for.
  await page.route('**/purchases/bills/check', async route => {
    await page.waitForTimeout(900)
    await route.continue()
  })
  await goods.typeHead({ number: `NEAR/${stamp}`, total: '999' })
  await goods.typeRow(1, `NEAR${stamp}`, { Expiry: `${soon.slice(5, 7)}${soon.slice(2, 4)}` })
  await goods.lookThrough()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/Goods must last 180 days/).waitFor()
  assert.ok(await dialog.getByRole('button', { name: 'Receive now' }).isDisabled())
  await dialog.getByRole('button', { name: 'Go back' }).click()
  await goods.put('What the supplier promised', 1, 'Takes back whatever is left')
  await goods.lookThrough()
  await dialog.getByText(/printed total is below its lines/).waitFor()
  await dialog.getByRole('button', { name: 'Go back' }).click()
  await goods.put('Expiry', 1, '0120')
  await goods.lookThrough()
  await page.getByRole('alert').getByText('Row 1: This batch has expired.').waitFor()
  await page.unroute('**/purchases/bills/check')

  // Without a line the last look says so, and the bill stands as it was typed.
  await goods.put('Expiry', 1, '0331')
  await page.route('**/purchases/bills/check', route => route.abort())
  await goods.lookThrough()
  await page
    .getByRole('alert')
    .getByText(/^Nothing is lost\. Check the connection/)
    .waitFor()
  assert.equal(await page.getByLabel('Batch, Row 1').inputValue(), `NEAR${stamp}`)
  await page.unroute('**/purchases/bills/check')
  await goods.startOver()
})

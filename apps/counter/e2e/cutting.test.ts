import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Order } from '@janta/contracts'
import type { Browser, Page } from 'playwright-core'
import { type Desk, faultsOf, openBrowser, openDeskOf, pharmacyUrl, said } from './counter.ts'
import { newMobile } from './person.ts'
import { approve, deskCall, orderOnPrescription } from './rx-order.ts'

// A prescription for less than two strips: the last one is cut, from the pharmacist's word on the pack to the bag.

let browser: Browser
let desk: Desk
let shop: Page
let order: Order
let customer: ReturnType<typeof deskCall>
let unitsPerPack = 0
before(async () => {
  browser = await openBrowser()
  desk = await openDeskOf(browser, 'pharmacist')
  await deskCall(desk)
    .startDuty({ body: { hours: 8 } })
    .catch(() => undefined)
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  customer = deskCall({ context })
  const sent = await customer.requestSignInCode({ body: { mobile: newMobile() } })
  await customer.createSession({ body: { codeId: sent.id, code: sent.localCode ?? '' } })
  const isFit = /^strip of \d+ tablets$/
  order = await orderOnPrescription(browser, { call: customer }, { packs: 2, isFit })
  unitsPerPack = Number(/\d+/.exec(order.lines[0]!.packLabel)?.[0])
  shop = await context.newPage()
})
after(() => browser.close())

test('a pharmacist says of a pack that its strips may be cut, and why', async () => {
  const { page, open } = desk
  await open(`/catalogue/medicines/${order.lines[0]!.medicineId}`)
  await page.getByText('Only whole packs of it leave.').waitFor()
  await page.getByRole('button', { name: 'Let its strips be cut' }).click()
  await page.getByText('Say why, in a few words.').first().waitFor()
  await page.getByLabel('Why', { exact: true }).fill('Each tablet is sealed by itself')
  await page.getByRole('button', { name: 'Let its strips be cut' }).click()
  await said(page, 'Its strips may be cut from now on.')
  await page.getByText('Each tablet is sealed by itself').waitFor()
  assert.deepEqual(await faultsOf(page), [])
})

test('the review desk offers the cut that the paper comes to', async () => {
  const { page, open } = desk
  await open('/prescriptions')
  await page
    .locator('.rx-row')
    .filter({ hasText: `${order.number} ·` })
    .click()
  await page.locator('.line.current').waitFor()
  await page.getByRole('button', { name: /^How it is taken/ }).click()
  await page.locator('.line.current input.code').fill(`1-0-0 ${unitsPerPack + 3}d`)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: `Cut to ${unitsPerPack + 3} tablets` }).click()
  await page.getByText(`${unitsPerPack + 3} tablets: 2 strips, the last one cut`).waitFor()
  assert.deepEqual(await faultsOf(page), [])
})

test('the customer is told what she gets and pays for, and takes it', async () => {
  await approve(deskCall(desk), order, null, { packs: 2, units: unitsPerPack + 3 })
  const words = `${unitsPerPack + 3} tablets: a strip is cut, and you pay for these only`
  for (let attempt = 1; ; attempt++) {
    const { state } = await customer.getOrder({ params: { id: order.id } })
    if (state === 'awaiting_choice') break
    assert.ok(attempt < 120, `the order is ${state} after a minute`)
    await shop.waitForTimeout(500)
  }
  await shop.goto(`${pharmacyUrl}/orders/${order.id}`)
  await shop.getByText(words).waitFor()
  assert.deepEqual(await faultsOf(shop), [])
  await shop.getByRole('button', { name: 'Send what is approved' }).click()
  await shop
    .getByText(`${unitsPerPack + 3} tablets: 2 strips, the last one cut`)
    .first()
    .waitFor()
  await shop.goto(`${pharmacyUrl}/hi/orders/${order.id}`)
  await shop
    .getByText(`${unitsPerPack + 3} गोली: 2 पत्ते, आख़िरी काटकर`)
    .first()
    .waitFor()
})

test('the packing table says what to cut, prints the label of the piece, and packs it', async () => {
  const { page, open } = desk
  await open(`/orders/${order.id}`)
  await page.getByText(new RegExp(`3 tablets of its ${unitsPerPack} go into the bag`)).waitFor()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Label for 3 tablets' }).click()
  assert.match((await saving).suggestedFilename(), /^cut-strip-.*\.pdf$/)
  const { picks } = await deskCall(desk).getCounterOrder({ params: { id: order.id } })
  for (const pick of picks) {
    await page
      .getByRole('button', { name: `Confirm the pick of ${pick.name}` })
      .first()
      .click()
  }
  assert.deepEqual(await faultsOf(page), [])
  await page.getByRole('button', { name: 'Pack the order' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Pack the order' }).click()
  await page.getByText(`${unitsPerPack + 3} tablets`).waitFor()
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Order } from '@janta/contracts'
import type { Browser } from 'playwright-core'
import { type Desk, openBrowser, openDeskOf } from './counter.ts'
import { signedInCustomer } from './person.ts'
import { approve, deskCall, orderOnPrescription } from './rx-order.ts'
import { assertSound, deskIn } from './soundness.ts'

let browser: Browser
let desk: Desk
let owner: Desk
let order: Order
before(async () => {
  browser = await openBrowser()
  desk = await openDeskOf(browser, 'pharmacist')
  owner = await openDeskOf(browser, 'administrator')
})
after(() => browser.close())

test('a pharmacist goes on duty for her hours and off again, and sees who answers', async () => {
  const { page, open } = desk
  await open('/pharmacists')
  // Another journey of the same pharmacy may have left her on duty.
  const nobody = page.getByText('Nobody is on duty.')
  const off = page.getByRole('button', { name: 'Go off duty' })
  await nobody.or(off).first().waitFor()
  if (await off.isVisible()) await off.click()
  await nobody.waitFor()
  await page.getByLabel('For how many hours').selectOption('6')
  await page.getByRole('button', { name: 'Go on duty', exact: true }).click()
  await page.getByText('Reg. SAMPLE-0001, SAMPLE Pharmacy Council').waitFor()
  await page.getByText('You', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Go off duty' }).click()
  await page.getByText('Nobody is on duty.').waitFor()
  await page.getByRole('button', { name: 'Go on duty', exact: true }).click()
  await owner.open('/pharmacists')
  await owner.page
    .getByRole('heading', { name: 'Registrations with the pharmacy council' })
    .waitFor()
  await owner.page.getByText(/since .*, ends by itself at/).waitFor()
})

test('the owner holds prescriptions to a stricter rule, and the usual one comes back', async () => {
  const { page, open } = owner
  await open('/settings')
  const target = page.getByLabel('Minutes until a waiting prescription is late')
  await target.fill('20')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved. What was approved before stays approved.').first().waitFor()
  assert.equal((await deskCall(desk).listReviews({ query: {} })).targetMinutes, 20)
  await page.getByRole('button', { name: 'Put the usual values back' }).click()
  assert.equal(await target.inputValue(), '30')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Have a second person check' }).click()
  await page.getByText('A second person checks each order').first().waitFor()
  await page.getByRole('button', { name: 'Stop the second check' }).click()
  await page.getByRole('button', { name: 'Have a second person check' }).waitFor()
  await desk.open('/settings')
  await desk.page.getByText('Only an administrator changes these.').first().waitFor()
})

test('a misread prescription is revoked with its reason and lies at the desk again as it was read', async () => {
  order = await orderOnPrescription(browser, await signedInCustomer())
  await approve(deskCall(desk), order)
  const { page, open } = desk
  await open('/prescriptions')
  await page.getByRole('link', { name: 'Settled, and mistakes' }).click()
  await page.getByLabel('Order number').fill(order.number)
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('button', { name: 'Show the last' }).waitFor()
  await page.getByRole('button', { name: `Revoke the prescription of ${order.number}` }).click()
  await page.getByLabel('What was misread').fill('The date was misread')
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await page.waitForURL(/\/prescriptions$/)
  await page.locator('.rx-row').filter({ hasText: order.number }).click()
  await page.locator('.line.current').waitFor()
  await page.getByRole('button', { name: /Doctor: Dr N\. Sample/ }).waitFor()
  await page.keyboard.press('z')
  await open('/prescriptions/decided')
  await page.getByRole('heading', { level: 1, name: 'Settled prescriptions' }).waitFor()
})

// A test a person and language: each of them must end in time on a slow machine.
for (const language of ['en', 'hi'] as const) {
  for (const role of ['pharmacist', 'administrator'] as const) {
    test(`the pages of the house have no fault for the ${role} in ${language}, at a desk, on a phone and at 400% zoom`, async () => {
      const { context } = role === 'pharmacist' ? desk : owner
      const own = await deskIn(browser, language, await context.storageState())
      const settled = role === 'pharmacist' ? ['/prescriptions/decided'] : []
      for (const path of ['/pharmacists', '/settings', ...settled]) {
        await own.open(path)
        await own.page.getByRole('heading', { level: 1 }).waitFor()
        await assertSound(own.page, path)
      }
      await own.context.close()
    })
  }
}

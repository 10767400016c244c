import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { type Desk, openBrowser, openDeskOf } from './counter.ts'
import { newMobile } from './person.ts'
import { assertSound, deskIn } from './soundness.ts'

let browser: Browser
let owner: Desk
before(async () => {
  browser = await openBrowser()
  owner = await openDeskOf(browser, 'administrator')
})
after(() => browser.close())

test('the owner gives somebody a role, changes it, puts it back, and reads who did what', async () => {
  const { page, open } = owner
  await open('/people')
  await page.getByRole('button', { name: 'Add a person' }).click()
  await page.getByLabel('Mobile number').fill(newMobile())
  await page.getByLabel('Name').fill('Test Keeper')
  await page.getByRole('button', { name: 'Give these roles' }).click()
  await page.getByText('Choose at least one role.').first().waitFor()
  await page.getByLabel('Stock keeper').check()
  await page.getByRole('button', { name: 'Give these roles' }).click()
  await page.getByText('Test Keeper: Stock keeper.').waitFor()
  await page.getByText('Test Keeper received Stock keeper').waitFor()

  await page.getByRole('button', { name: 'Change roles of Test Keeper' }).click()
  await page.getByRole('dialog').getByLabel('Stock keeper').uncheck()
  await page.getByRole('dialog').getByRole('button', { name: 'Save roles' }).click()
  await page.getByText('Test Keeper: no role, signed out.').waitFor()
  await page.getByRole('button', { name: 'Give roles again to Test Keeper' }).waitFor()
  await page.getByText('Test Keeper lost Stock keeper').waitFor()
  await page.getByRole('button', { name: 'Put back as it was' }).click()
  await page.getByText('The roles of Test Keeper are as before.').first().waitFor()
  await page.getByRole('button', { name: 'Change roles of Test Keeper' }).waitFor()
})

for (const language of ['en', 'hi'] as const) {
  test(`the page of people has no fault at a desk, on a phone and at 400% zoom in ${language}`, async () => {
    const { page, open, context } = await deskIn(
      browser,
      language,
      await owner.context.storageState(),
    )
    await open('/people')
    await page.locator('#changes + p').waitFor()
    await assertSound(page, '/people')
    const folder = process.env['JANTA_PICTURES']
    for (const width of folder ? [390, 1280] : []) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: `${folder}/people-${language}-${width}.png`, fullPage: true })
    }
    await context.close()
  })
}

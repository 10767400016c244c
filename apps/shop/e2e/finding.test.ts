import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import {
  faultsOf,
  openBrowser,
  orderableMedicine,
  shopUrl,
  untilAwake,
  visit,
  wordsIn,
} from './shop.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

test('suggestions come while typing and are worked by the keyboard alone', async () => {
  const { page, context, open } = await visit(browser)
  const medicine = await orderableMedicine()
  await open('/')
  const box = page.getByRole('combobox')
  await box.pressSequentially(medicine.name.slice(0, 4))
  await page.getByRole('option').first().waitFor()
  assert.equal(await box.getAttribute('aria-expanded'), 'true')
  assert.deepEqual(await faultsOf(page), [])
  for (const option of await page.getByRole('option').all()) {
    assert.ok(((await option.boundingBox())?.height ?? 0) >= 44, 'a thumb hits every row')
  }
  await page.keyboard.press('ArrowDown')
  const first = page.getByRole('option').first()
  assert.equal(await box.getAttribute('aria-activedescendant'), await first.getAttribute('id'))
  await page.keyboard.press('Escape')
  assert.equal(await page.getByRole('option').count(), 0)
  assert.equal(await box.inputValue(), medicine.name.slice(0, 4), 'Esc closes and keeps the words')
  await box.press('End')
  await box.pressSequentially(medicine.name.slice(4, 5))
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/(medicine|search)[/?]/)
  await context.close()
})

test('searching needs no script, and finding nothing offers a way on', async () => {
  const { page, context, words, open } = await visit(browser, { withScript: false })
  await open('/')
  await page.getByRole('combobox').fill('zzzzzzzz')
  await page.getByRole('button', { name: words.browse.searchButton }).click()
  await page.getByRole('heading', { name: words.browse.nothingFound }).waitFor()
  await page.getByRole('link', { name: words.browse.allMedicines }).click()
  assert.ok((await page.getByRole('article').count()) > 0)
  await context.close()
})

test('the language changes and the page, the words searched and the cart stay', async () => {
  const { page, context, words, open } = await visit(browser)
  const medicine = await orderableMedicine()
  await open(`/medicine/${medicine.id}`)
  await page.getByRole('button', { name: words.browse.addToCart }).first().click()
  await page.getByText(words.browse.added).waitFor()
  await open('/search')
  await page.evaluate(() => scrollTo(0, 400))
  const scrolled = await page.evaluate(() => scrollY)
  // Clicked without scrolling to it, as a screen reader or a keyboard does.
  await page
    .getByRole('navigation', { name: words.common.language })
    .locator('[hreflang=hi]')
    .dispatchEvent('click')
  await page.waitForURL(/\/hi\/search/)
  await page.getByRole('heading', { name: wordsIn.hi.browse.allMedicines }).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'hi')
  const moved = Math.abs((await page.evaluate(() => scrollY)) - scrolled)
  assert.ok(moved < 60, `the page jumped by ${moved}`)
  await page.goto(new URL('/hi/cart', page.url()).href)
  await page.getByRole('link', { name: medicine.name, exact: true }).waitFor()
  await context.close()
})

test('what is typed and chosen while the script is still on its way is kept, and a choice acts', async () => {
  const { page, context, words } = await visit(browser)
  /** Opens a page, does something with it, and only then lets the script come. */
  const early = async (path: string, act: () => Promise<unknown>) => {
    const script = Promise.withResolvers<void>()
    await page.route(/\.js$/, async route => {
      await script.promise
      await route.continue()
    })
    await page.goto(shopUrl + path, { waitUntil: 'commit' })
    await act()
    script.resolve()
    await untilAwake(page)
    await page.unroute(/\.js$/)
  }
  const mobile = page.getByLabel(words.account.mobile)
  await early('/sign-in', () => mobile.fill('98765'))
  assert.equal(await mobile.inputValue(), '98765')
  await early('/search?q=paracetamol', () => page.locator('#sort').selectOption('price_low'))
  await page.waitForURL(/sort=price_low/)
  await context.close()
})

test('a medicine that needs a prescription says so before the cart', async () => {
  const kept = await orderableMedicine('prescription')
  const { page, context, words, open } = await visit(browser)
  await open(`/medicine/${kept.id}`)
  await page.getByRole('main').getByText(words.browse.prescriptionNeeded).first().waitFor()
  await page.getByText(words.checkout.pharmacistChecks).waitFor()
  assert.ok((await page.getByRole('button', { name: words.browse.addToCart }).count()) > 0)
  await context.close()
})

test('a PIN code answers with the place and hours, and a wrong one stays in its field', async () => {
  const { page, context, words, open } = await visit(browser, { withScript: false })
  await open('/')
  await page.getByLabel(words.browse.checkPin).fill('12')
  await page.getByRole('button', { name: words.browse.check }).click()
  assert.equal(await page.getByLabel(words.browse.checkPin).inputValue(), '12')
  assert.equal(await page.getByLabel(words.browse.checkPin).getAttribute('aria-invalid'), 'true')
  await page.getByLabel(words.browse.checkPin).fill('452001')
  await page.getByRole('button', { name: words.browse.check }).click()
  await page.getByText(words.browse.deliversTo('Indore')).waitFor()
  assert.doesNotMatch(page.url(), /452001/, 'a PIN code stays out of addresses')
  await context.close()
})

test('the sample catalogue says that it is one, wherever it shows', async () => {
  const { page, context, words, open } = await visit(browser)
  await open('/')
  const tiles = await page.getByRole('article').count()
  assert.ok(tiles > 0)
  assert.equal(
    await page.getByRole('article').getByText(words.common.sampleShort, { exact: true }).count(),
    tiles,
  )
  const medicine = await orderableMedicine()
  await open(`/medicine/${medicine.id}`)
  await page.getByRole('main').getByText(words.common.sampleData).waitFor()
  await context.close()
})

test('a wrong code says so, and a link cannot smuggle another site in behind sign-in', async () => {
  const { page, context, words, open } = await visit(browser, { withScript: false })
  await open('/sign-in?next=https://evil.example/')
  await page.getByLabel(words.account.mobile).fill('9876500001')
  await page.getByRole('button', { name: words.account.sendCode }).click()
  const code = /\b[0-9]{6}\b/.exec(await page.locator('main').innerText())?.[0] ?? ''
  await page.getByLabel(words.account.code).fill(code === '000000' ? '000001' : '000000')
  await page.getByRole('button', { name: words.account.confirm, exact: true }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel(words.account.code).fill(code)
  await page.getByRole('button', { name: words.account.confirm, exact: true }).click()
  await page.getByRole('heading', { name: words.account.accountTitle }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/account')
  await context.close()
})

test('a form from another site is refused', async () => {
  const response = await fetch(new URL('/cart?/add', process.env.JANTA_URL), {
    method: 'POST',
    headers: {
      origin: 'https://evil.example',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'medicineId=x',
  })
  assert.equal(response.status, 403)
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { faultsOf, openBrowser, servedPin, shopUrl, visit } from './shop.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

for (const withScript of [false, true]) {
  test(`filters open as a sheet on a phone and narrow the list ${withScript ? 'with' : 'without'} a script`, async () => {
    const { page, context, words, open } = await visit(browser, { withScript })
    const { finding } = words
    await open('/search?q=paracetamol')
    await page.getByRole('button', { name: finding.filters }).click()
    const form = page.getByRole('complementary', { name: finding.filters })
    await form.getByLabel(finding.forms.tablet).check()
    await form.getByLabel(finding.decisions.open).check()
    if (withScript) assert.deepEqual(await faultsOf(page), [])
    await form.getByRole('button', { name: finding.apply }).click()
    await page.waitForURL(/form=tablet.*prescription=open/)
    await page.getByRole('button', { name: finding.filtersChosen(2) }).waitFor()
    // The sheet makes way for the results.
    await form.waitFor({ state: 'hidden' })
    await page.getByRole('link', { name: finding.remove(finding.forms.tablet) }).click()
    await page.getByRole('button', { name: finding.filtersChosen(1) }).waitFor()
    assert.doesNotMatch(page.url(), /form=/)
    await context.close()
  })
}

test('the next page goes on where this one ends, and sorting begins anew', async () => {
  const { page, context, words, open } = await visit(browser, { width: 1280 })
  const names = () => page.getByRole('article').getByRole('heading').allInnerTexts()
  await open('/search')
  const first = await names()
  await page.getByRole('link', { name: words.finding.nextPage }).click()
  await page.waitForURL(/cursor=/)
  await page.getByRole('link', { name: words.finding.firstPage }).waitFor()
  const second = await names()
  assert.ok(first.length > 0 && second.length > 0)
  const hrefs = new Set([...first, ...second])
  assert.ok(hrefs.size > first.length, 'the second page shows other medicines')
  await page.getByLabel(words.finding.sort).selectOption('price_low')
  await page.waitForURL(/sort=price_low/)
  assert.doesNotMatch(page.url(), /cursor=/)
  await context.close()
})

for (const locale of ['en', 'hi'] as const) {
  test(`corrected words are said, and what was typed can be searched alone, in ${locale}`, async () => {
    const { page, context, words, open } = await visit(browser, { locale, withScript: false })
    const { browse, finding } = words
    await open('/search?q=paracetmol')
    await page.getByText(finding.showing('paracetamol', 'paracetmol')).waitFor()
    assert.ok((await page.getByRole('article').getByText(finding.checkTheName).count()) > 0)
    assert.equal(await page.locator('meta[name=robots]').getAttribute('content'), 'noindex')
    await page.getByRole('link', { name: finding.exactly('paracetmol') }).click()
    await page.getByRole('heading', { name: finding.nothingExactly('paracetmol') }).waitFor()
    assert.equal(await page.getByRole('article').count(), 0)
    assert.equal(await page.getByLabel(finding.medicineName).inputValue(), 'paracetmol')
    await page.getByRole('button', { name: finding.send }).click()
    await page.getByText(finding.thanks('paracetmol')).waitFor()
    await page.getByRole('link', { name: browse.prescriptionCard }).waitFor()
    await context.close()
  })
}

for (const withScript of [false, true]) {
  test(`a PIN code is kept on the device, shapes the list, and can be forgotten ${withScript ? 'with' : 'without'} a script`, async () => {
    const { page, context, words, open } = await visit(browser, { withScript })
    const { finding, browse } = words
    await open('/search?q=paracetamol')
    await page.getByText(finding.setPin).click()
    await page.getByLabel(browse.checkPin).fill(servedPin)
    await page.getByRole('button', { name: browse.check, exact: true }).click()
    await page.getByText(finding.deliverTo(servedPin)).waitFor()
    const again = await page.goto(`${shopUrl}/search?q=paracetamol`)
    assert.equal(again?.headers()['cache-control'], 'private, no-store', 'the list is now personal')
    await page.getByText(finding.deliverTo(servedPin)).click()
    assert.doesNotMatch(page.url(), new RegExp(servedPin), 'a PIN code stays out of addresses')
    await page.getByRole('button', { name: finding.forgetPin }).click()
    await page.getByText(finding.setPin).waitFor()
    assert.equal(
      (await context.cookies()).some(cookie => cookie.name === 'janta-pin'),
      false,
    )
    await context.close()
  })
}

test('recent searches stay on the device and are cleared by one button', async () => {
  const { page, context, words, open } = await visit(browser)
  await open('/')
  const box = page.getByRole('combobox')
  await box.fill('paracetamol')
  await box.press('Enter')
  await page.waitForURL(/q=paracetamol/)
  await open('/')
  await box.focus()
  await page.getByRole('option', { name: 'paracetamol' }).waitFor()
  assert.deepEqual(await faultsOf(page), [])
  await page.getByRole('button', { name: words.finding.clearRecent, exact: true }).click()
  assert.equal(await page.getByRole('option').count(), 0)
  await open('/')
  await box.focus()
  assert.equal(await box.getAttribute('aria-expanded'), 'false')
  await context.close()
})

test('slow suggestions never overtake what was typed since, nor change it', async () => {
  const { page, context, open } = await visit(browser)
  await open('/')
  await page.route('**/medicines/suggestions?*', async route => {
    const isOld = new URL(route.request().url()).searchParams.get('q') === 'par'
    const name = isOld ? 'Old answer' : 'New answer'
    if (isOld) await new Promise(done => setTimeout(done, 1_500))
    const one = { id: '01', name, packLabel: '', manufacturer: '', isGuess: false }
    const body = { medicines: [one], salts: [], showingResultsFor: null }
    // The page gave this answer up: there is nobody left to give it to.
    await route.fulfill({ json: body }).catch(() => undefined)
  })
  const box = page.getByRole('combobox')
  const old = page.waitForRequest(/q=par(&|$)/)
  await box.pressSequentially('par')
  await old
  await box.pressSequentially('acet')
  await page.getByRole('option', { name: 'New answer' }).waitFor()
  await page.waitForTimeout(1_700)
  assert.equal(await page.getByRole('option', { name: 'Old answer' }).count(), 0)
  assert.equal(await box.inputValue(), 'paracet')
  await context.close()
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { formatPaise } from '@janta/ui/format.ts'
import { order } from '@janta/ui/messages/en/order.ts'
import { prescription } from '@janta/ui/messages/en/prescription.ts'
import { order as orderHindi } from '@janta/ui/messages/hi/order.ts'
import type { Browser } from 'playwright-core'
import {
  faultsOf,
  openBrowser,
  orderableMedicine,
  samplePrescription,
  servedPin,
  signIn,
  untilChecked,
  type Visit,
  type VisitOptions,
  visit,
} from './shop.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

async function putInCart(
  { page, words, open }: Visit,
  decision: 'open' | 'prescription' = 'open',
): Promise<string> {
  const medicine = await orderableMedicine(decision)
  await open(`/medicine/${medicine.id}`)
  await page.getByRole('heading', { level: 1, name: medicine.name }).waitFor()
  await page.getByRole('button', { name: words.browse.addToCart }).first().click()
  return medicine.name
}

async function fillAddress({ page, words }: Visit): Promise<void> {
  const { checkout } = words
  await page.getByLabel(checkout.pin, { exact: true }).fill(servedPin)
  await page.getByLabel(checkout.recipientName).fill('A Customer')
  await page.getByLabel(checkout.line1).fill('12, Example Road')
  await page.getByLabel(checkout.city).fill('Indore')
  await page.getByRole('button', { name: checkout.continue }).click()
}

/** From the shelf to the order page; gives back the order's page in the visit. */
async function buy(customer: Visit, withScript: boolean): Promise<string> {
  const { page, words, open } = customer
  const name = await putInCart(customer)
  if (withScript) {
    await page.getByText(words.browse.added).waitFor()
    await open('/cart')
  }
  await page.getByRole('heading', { level: 1, name: words.checkout.cartTitle }).waitFor()
  await page.getByRole('link', { name, exact: true }).waitFor()
  await page.getByRole('link', { name: words.checkout.toCheckout }).click()
  await signIn(customer)
  await page.getByRole('heading', { level: 1, name: words.checkout.addressTitle }).waitFor()
  await fillAddress(customer)
  await page.getByRole('heading', { level: 1, name: words.checkout.reviewTitle }).waitFor()
  await page.getByRole('main').getByRole('button').click()
  await page.getByText(words.account.placedThanks).waitFor()
  return name
}

const ways: (VisitOptions & { name: string; withScript: boolean })[] = [
  { name: 'without a script', locale: 'en', withScript: false },
  { name: 'with a script', locale: 'en', withScript: true },
  { name: 'in Hindi without a script', locale: 'hi', withScript: false },
  { name: 'in Hindi with a script', locale: 'hi', withScript: true, width: 1280 },
]
for (const way of ways) {
  test(`a customer finds, orders and cancels a medicine ${way.name}`, async () => {
    const customer = await visit(browser, way)
    const { page, words, open } = customer
    const name = await buy(customer, way.withScript)
    assert.equal(await page.locator('html').getAttribute('lang'), way.locale)
    assert.match(page.url(), way.locale === 'hi' ? /\/hi\/orders\// : /:\d+\/orders\//)
    await page.getByText(name).first().waitFor()
    await page.getByText(words.account.batch).first().waitFor()

    await page.getByText(words.account.cancelTitle).click()
    await page.getByRole('button', { name: words.account.cancel }).click()
    await page.getByText(words.account.needReason).first().waitFor()
    await page.getByLabel(words.account.cancelReasons.ordered_by_mistake).check()
    await page.getByRole('button', { name: words.account.cancel }).click()
    await page
      .getByText(words.account.cancelledBecause(words.account.cancelReasons.ordered_by_mistake))
      .waitFor()

    await open('/orders')
    await page
      .getByRole('main')
      .getByText(words.account.states.cancelled, { exact: true })
      .waitFor()
    await customer.context.close()
  })
}

test('what was typed survives a refused address, and the summary leads to each field', async () => {
  const customer = await visit(browser, { withScript: false })
  const { page, words } = customer
  await putInCart(customer)
  await page.getByRole('link', { name: words.checkout.toCheckout }).click()
  await signIn(customer)
  await page.getByLabel(words.checkout.recipientName).fill('A Customer')
  await page.getByLabel(words.checkout.pin, { exact: true }).fill('99')
  await page.getByRole('button', { name: words.checkout.continue }).click()
  const summary = page.getByRole('alert')
  await summary.getByRole('link', { name: words.checkout.need.pin }).waitFor()
  assert.equal(await summary.getByRole('link').count(), 3)
  assert.equal(await page.getByLabel(words.checkout.recipientName).inputValue(), 'A Customer')
  assert.equal(await page.getByLabel(words.checkout.pin, { exact: true }).inputValue(), '99')
  await customer.context.close()
})

test('the price on the shelf is the price in the cart and on the order', async () => {
  const customer = await visit(browser)
  const { page } = customer
  const medicine = await orderableMedicine()
  const price = formatPaise(medicine.pricePaise)
  await buy(customer, true)
  const main = await page.getByRole('main').innerText()
  assert.ok(main.includes(price), `the order shows ${price}`)
  await customer.context.close()
})

test('a cart filled by a guest comes along when signing in and is empty after the order', async () => {
  const customer = await visit(browser)
  await buy(customer, true)
  await customer.open('/cart')
  await customer.page.getByText(customer.words.checkout.cartEmpty).waitFor()
  await customer.context.close()
})

test('nobody sees another customer’s order', async () => {
  const owner = await visit(browser)
  await buy(owner, true)
  const path = new URL(owner.page.url()).pathname
  const stranger = await visit(browser)
  await stranger.open('/sign-in')
  await signIn(stranger)
  await stranger.page.getByRole('heading', { name: stranger.words.account.accountTitle }).waitFor()
  const response = await stranger.page.goto(new URL(path, owner.page.url()).href)
  assert.equal(response?.status(), 404)
  await owner.context.close()
  await stranger.context.close()
})

/** The page a customer without a script looks at, judged in a browser that can run the judge. */
async function assertFaultless({ page, context }: Visit): Promise<void> {
  const seen = await visit(browser)
  await seen.context.addCookies(await context.cookies())
  await seen.page.goto(page.url())
  assert.deepEqual(await faultsOf(seen.page), [], page.url())
  await seen.context.close()
}

test('a prescription medicine is ordered without a script, with a photo, and waits for a pharmacist', async () => {
  const customer = await visit(browser, { withScript: false })
  const { page, words, open } = customer
  const name = await putInCart(customer, 'prescription')
  await page.getByText(words.checkout.pharmacistChecks).waitFor()
  await page.getByRole('link', { name: words.checkout.toCheckout }).click()
  await signIn(customer)
  await fillAddress(customer)
  await page.getByText(order.rxNone).waitFor()
  const place = page.getByRole('main').getByRole('button')
  await place.click()
  await page.getByRole('alert').getByText(order.needFile).waitFor()

  await page.getByRole('link', { name: order.rxAdd }).click()
  await page.locator('#files').setInputFiles(await samplePrescription('order'))
  await page.getByRole('button', { name: prescription.send, exact: true }).click()
  await untilChecked(customer, 1)
  await page.getByRole('link', { name: prescription.toOrder }).click()
  assert.ok(await page.getByRole('checkbox').isChecked())
  await assertFaultless(customer)
  await place.click()
  await page.getByText(order.next.awaiting_prescription).waitFor()
  await page.getByText(name).first().waitFor()
  const told = page.getByText(order.noticesTitle(1))
  for (let attempt = 1; !(await told.isVisible()); attempt++) {
    assert.ok(attempt < 120, 'nothing was told within a minute')
    await page.waitForTimeout(500)
    await page.reload()
  }
  await told.click()
  await page.getByText(/Our pharmacist is checking it/).waitFor()
  await assertFaultless(customer)
  await open('/orders')
  await page.getByText(words.account.states.awaiting_prescription).first().waitFor()
  await customer.context.close()
})

test('an order paid online goes to the bank without a script and is placed when it is paid', async () => {
  const customer = await visit(browser, { withScript: false, locale: 'hi' })
  const { page, words, open } = customer
  await putInCart(customer)
  await page.getByRole('link', { name: words.checkout.toCheckout }).click()
  await signIn(customer)
  await fillAddress(customer)
  await page.getByLabel(orderHindi.online).check()
  await page.getByRole('main').getByRole('button').click()
  await page.getByText(orderHindi.next.awaiting_payment).waitFor()
  const path = new URL(page.url()).pathname.replace(/^\/hi/, '')
  await assertFaultless(customer)
  await open('/orders')
  await page.getByRole('heading', { name: orderHindi.waitsForYou }).waitFor()
  await open(path)
  await page.getByRole('button', { name: /₹/ }).click()
  await page.getByRole('button').click()
  await page.getByRole('button', { name: /^Approve/ }).click()
  await page.getByRole('button', { name: 'Go on' }).click()
  await open(path)
  const placed = page.getByText(orderHindi.next.placed)
  for (let look = 0; look < 120 && (await placed.count()) === 0; look++) {
    await page.waitForTimeout(500)
    await page.reload()
  }
  await placed.waitFor()
  await page.getByText(orderHindi.paidOnline).waitFor()
  await customer.context.close()
})

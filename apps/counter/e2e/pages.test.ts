import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import {
  counterUrl,
  faultsOf,
  mobileOf,
  openBrowser,
  openDesk,
  pharmacyUrl,
  signIn,
  stateOf,
} from './counter.ts'
import { newMobile, placeOrder, signedInCustomer } from './person.ts'
import { assertSound, deskIn } from './soundness.ts'

/**
 * Bytes of a first page, compressed as the CDN does. Counted, because times are noise. What an order's page shows only
 * later, its payment, invoices and dialogs, is fetched when the order has come that far.
 */
const budgetBytes = { script: 90 * 1024, stylesheet: 12 * 1024 }
/** The bill is written by keyboard and scanner from the first second, so its reader of codes cannot come later. */
const ownScriptBytes: Readonly<Record<string, number>> = { '/stock/receive': 94 * 1024 }
type Kind = keyof typeof budgetBytes

let browser: Browser
let state: string
let orderId: string
before(async () => {
  browser = await openBrowser()
  orderId = (await placeOrder(await signedInCustomer(), 2)).id
  state = await stateOf(browser, 'administrator')
})
after(() => browser.close())

const pages = () => [
  '/',
  '/orders?state=placed',
  '/orders?state=returned',
  `/orders/${orderId}`,
  '/stock',
  '/stock?expiry=expired',
  '/stock/receive',
  '/purchases/reorder',
  '/purchases/orders',
  '/purchases/orders?state=cancelled',
  '/purchases/orders/new',
  '/purchases/bills',
  '/purchases/returns',
  '/purchases/suppliers',
  '/purchases/suppliers/new',
  '/stock/counts',
  '/stock/expiry',
  '/stock/cold',
  '/stock/transfers',
  '/stock/reports',
  '/imports',
  '/drawer',
  '/payments',
  '/settlements',
  '/money',
  '/promotions',
  '/returns',
  '/nowhere',
]

/** What a browser with nothing cached fetches to show a page. */
async function weigh(path: string): Promise<Record<Kind, number>> {
  const { page, context, open } = await openDesk(browser, { state })
  const weights: Record<Kind, number> = { script: 0, stylesheet: 0 }
  const reading: Promise<void>[] = []
  page.on('response', response => {
    const kind = response.request().resourceType() as Kind
    if (!(kind in weights)) return
    reading.push(
      response.body().then(body => {
        weights[kind] += brotliCompressSync(body).length
      }),
    )
  })
  await open(path)
  // What comes after the page is shown is not weighed, and would be cut off by closing.
  page.removeAllListeners('response')
  await Promise.all(reading)
  await context.close()
  return weights
}

for (const locale of ['en', 'hi'] as const) {
  test(`every page is accessible and fits a desk, a phone and 400% zoom in ${locale}`, async () => {
    const { page, context, open } = await deskIn(browser, locale, state)
    const complaints: string[] = []
    page.on('pageerror', error => complaints.push(error.message))
    page.on('console', line => {
      if (line.type() === 'error' && !line.text().includes('404'))
        complaints.push(line.text().slice(0, 300))
    })
    page.on('request', request => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(pharmacyUrl)) {
        complaints.push(`asks elsewhere: ${request.url()}`)
      }
    })
    for (const path of pages()) {
      await open(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      assert.equal(await page.locator('html').getAttribute('lang'), locale)
      await assertSound(page, path)
    }
    assert.deepEqual(complaints, [])
    await context.close()
  })
}

test('sign-in is accessible, and a customer is told kindly whose desk this is', async () => {
  for (const width of [1280, 390]) {
    const desk = await openDesk(browser, { width })
    await desk.open('/orders')
    await desk.page.waitForURL(/\/counter\/sign-in$/)
    assert.deepEqual(await faultsOf(desk.page), [])
    await signIn(desk, newMobile())
    await desk.page.getByRole('heading', { name: 'This desk is for the store’s staff' }).waitFor()
    assert.deepEqual(await faultsOf(desk.page), [])
    await desk.open('/stock')
    await desk.page.getByRole('heading', { name: 'This desk is for the store’s staff' }).waitFor()
    await desk.context.close()
  }
})

test('the page forbids scripts and connections of others', async () => {
  const html = await (await fetch(`${counterUrl}/`)).text()
  const policy =
    /<meta http-equiv="content-security-policy" content="([^"]+)"/.exec(html)?.[1] ?? ''
  assert.match(policy, /default-src 'none'/)
  const others = policy.replace("connect-src 'self' http://127.0.0.1:*", "connect-src 'self'")
  assert.notEqual(others, policy, 'the page may send files to the file store')
  assert.doesNotMatch(others, /unsafe-inline|unsafe-eval|https?:|\*/)
})

test('every first page stays within its budget of bytes', async t => {
  for (const path of [
    '/sign-in',
    '/',
    '/orders',
    `/orders/${orderId}`,
    '/stock',
    '/stock/receive',
    '/purchases/reorder',
    '/purchases/orders',
    '/purchases/suppliers',
    '/stock/counts',
    '/stock/expiry',
    '/stock/cold',
    '/stock/transfers',
    '/stock/reports',
    '/drawer',
    '/payments',
    '/settlements',
  ]) {
    const weights = await weigh(path)
    t.diagnostic(`${path}: ${JSON.stringify(weights)}`)
    for (const kind of Object.keys(budgetBytes) as Kind[]) {
      assert.ok(weights[kind] > 0, `${path} loaded no ${kind}: nothing was weighed`)
      const most = (kind === 'script' && ownScriptBytes[path]) || budgetBytes[kind]
      const sent = `${path} sends ${weights[kind]} bytes of ${kind}, more than ${most}`
      assert.ok(weights[kind] <= most, sent)
    }
  }
})

test('signing out closes the desk, and signing in goes on where one was sent away', async () => {
  const desk = await openDesk(browser)
  await signIn(desk, mobileOf('administrator'))
  await desk.page.getByRole('heading', { name: 'Needs you now' }).waitFor()
  await desk.open('/stock')
  await desk.page.getByRole('button', { name: 'Sign out' }).click()
  await desk.page.waitForURL(/\/sign-in$/)
  await desk.open('/stock')
  await desk.page.waitForURL(/\/sign-in$/)
  const kept = await desk.page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
  )
  assert.doesNotMatch(kept, /\+91|Sample/, 'the device keeps nothing about a person')
  await desk.context.close()
})

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Order } from '@janta/contracts'
import type { Browser } from 'playwright-core'
import { brotliCompressSync } from 'node:zlib'
import { type Desk, openBrowser, openDesk, openDeskOf } from './counter.ts'
import { signedInCustomer } from './person.ts'
import { approve, deskCall, orderOnPrescription, pack } from './rx-order.ts'
import { assertSound, deskIn } from './soundness.ts'

let browser: Browser
let desk: Desk
const orders: Order[] = []
/** Entries other journeys wrote before: the register is one, and goes on counting. */
let earlier: number
before(async () => {
  browser = await openBrowser()
  desk = await openDeskOf(browser, 'pharmacist')
  const call = deskCall(desk)
  await call.startDuty({ body: { hours: 8 } })
  const { items } = await call.listRegisterEntries({ query: { register: 'prescription' } })
  earlier = items.length
  for (let turn = 0; turn < 2; turn++) {
    const order = await orderOnPrescription(browser, await signedInCustomer())
    await approve(call, order)
    await pack(call, order.id)
    orders.push(order)
  }
  // The second came back from the door: its entry is voided, and stays to be read.
  const [, back] = orders
  await call.handOverOrder({ params: { id: back!.id }, body: { rider: 'R. Rider' } })
  await call.returnOrder({ params: { id: back!.id }, body: { reason: 'Refused at the door' } })
})
after(() => browser.close())

test('from a photo to the register: the supply stands there by serial, the void with its reason', async () => {
  const { page, open } = desk
  await open('/registers')
  await page.getByRole('heading', { level: 1, name: 'Prescription register' }).waitFor()
  const rows = page.getByRole('row')
  const serials = [1, 2, 3].map(at => earlier + at)
  const [, returned, voiding] = serials
  await rows.nth(earlier + 3).waitFor()
  assert.equal(await rows.count(), earlier + 4)
  const texts = await Promise.all(serials.map(at => rows.nth(at).innerText()))
  for (const [at, text] of texts.entries()) assert.ok(text.startsWith(`${serials[at]}`), text)
  const [first, second, third] = texts
  assert.match(first ?? '', /Dr N\. Sample[^]*Asha Sample[^]*R\. Sample[^]*SAMPLE-0001/)
  assert.ok(second?.includes(`Voided by No. ${voiding}`), second)
  assert.match(third ?? '', new RegExp(`Voids No\\. ${returned}\\b[^]*Refused at the door`))
})

test('the inspector’s export is what is asked: by batch as CSV, whole as the printed page', async () => {
  const { page } = desk
  const { items } = await deskCall(desk).listRegisterEntries({
    query: { register: 'prescription' },
  })
  const batch = items[0]!.batchNumber
  await page.getByLabel('Batch', { exact: true }).fill(batch)
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await page.getByRole('button', { name: 'Show all' }).waitFor()
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV' }).click(),
  ])
  const text = await readFile(await csv.path(), 'utf8')
  const expected = items.filter(one => one.batchNumber === batch).length
  assert.equal(text.trim().split('\r\n').length, expected + 1)
  assert.ok(text.includes(batch) && text.includes('Asha Sample'))
  await page.getByLabel('Batch', { exact: true }).fill('NO SUCH BATCH')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await page.getByRole('heading', { name: 'No entry' }).waitFor()
  await page.getByRole('button', { name: 'Show all' }).click()
  const [pdf] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'PDF to print' }).click(),
  ])
  assert.equal((await readFile(await pdf.path())).subarray(0, 5).toString(), '%PDF-')
})

test('the day’s page is signed once by name, and a month is read again with every seal holding', async () => {
  const { page } = desk
  await page.getByRole('link', { name: 'Signed pages and checks' }).click()
  await page.getByText(`${earlier + 3} entries`).waitFor()
  await page.getByRole('button', { name: /was placed and signed/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Placed and signed' }).click()
  await page.getByText(/Placed and signed by R\. Sample, SAMPLE-0001/).waitFor()
  await page.getByRole('button', { name: 'Read the month again' }).click()
  await page.getByText(/\d+ entries and \d+ dispensings read; every seal holds\./).waitFor()
})

for (const language of ['en', 'hi'] as const) {
  test(`the registers have no fault at a desk, on a phone and at 400% zoom in ${language}`, async () => {
    const own = await deskIn(browser, language, await desk.context.storageState())
    for (const path of ['/registers', '/registers?register=h1', '/registers/pages']) {
      await own.open(path)
      await own.page.getByRole('heading', { level: 1 }).waitFor()
      await assertSound(own.page, path)
    }
    await own.context.close()
  })
}

/** Of a first page, compressed as the CDN does. */
const scriptBytesMax = 90 * 1024

test('the registers’ first page stays within its budget of script', async t => {
  const own = await openDesk(browser, { state: await desk.context.storageState() })
  const weights: Promise<number>[] = []
  own.page.on('response', response => {
    if (response.request().resourceType() !== 'script') return
    weights.push(response.body().then(body => brotliCompressSync(body).length))
  })
  await own.open('/registers')
  await own.page.getByRole('row').first().waitFor()
  own.page.removeAllListeners('response')
  const bytes = (await Promise.all(weights)).reduce((sum, one) => sum + one, 0)
  t.diagnostic(`${bytes} bytes of script`)
  assert.ok(bytes > 10_000 && bytes <= scriptBytesMax, `${bytes} bytes of script`)
  await own.context.close()
})

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { type Desk, faultsOf, openBrowser, openDeskOf, pharmacyUrl, scan } from './counter.ts'
import { newMobile, placeOrder, signedInCustomer } from './person.ts'
import { approve, deskCall, orderOnPrescription, sendPhoto } from './rx-order.ts'

let browser: Browser
let desk: Desk
before(async () => {
  browser = await openBrowser()
  desk = await openDeskOf(browser, 'pharmacist')
})
after(() => browser.close())

test('a strip that does not belong fills the screen, in words of both languages, and goes by a key', async () => {
  const { page, open } = desk
  const order = await placeOrder(await signedInCustomer(), 1)
  await open(`/orders/${order.id}`)
  await page.getByText('0 of 1 picked').waitFor()
  const text = await page.locator('ol li').first().innerText()
  const right = /Batch\s+(\S+)/.exec(text)?.[1] ?? ''
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 860 })
    await scan(page, 'NOWHERE1')
    const refused = page.getByRole('dialog', { name: 'Not known here' })
    await refused.waitFor()
    assert.deepEqual(await faultsOf(page), [], `at ${width}`)
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      'nothing scrolls sideways',
    )
    await page.keyboard.press('Enter')
    await refused.waitFor({ state: 'detached' })
  }
  await page.setViewportSize({ width: 1280, height: 860 })
  await scan(page, 'NOWHERE1')
  await page.getByRole('dialog', { name: 'Not known here' }).waitFor()
  await scan(page, right, 'dialog[open] button')
  await page.getByText('1 of 1 picked').waitFor()
  await scan(page, right)
  await page.getByRole('dialog', { name: 'One too many' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('1 of 1 picked').waitFor()
})

test('what left has its papers on the order’s page', async () => {
  const { page } = desk
  await page.getByRole('button', { name: 'Pack the order' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Pack the order' }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Pack slip' }).click()
  assert.match((await saving).suggestedFilename(), /^slip-.*\.pdf$/)
  await page.getByText('For other systems (FHIR)').click()
  const exporting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'What was dispensed' }).click()
  assert.match((await exporting).suggestedFilename(), /^dispensed-.*\.json$/)
  assert.deepEqual(await faultsOf(page), [])
})

test('from a photo to the register: reviewed, packed by scan, signed off, labelled, stamped, entered', async () => {
  const { page, open } = desk
  const pharmacist = deskCall(desk)
  await pharmacist.startDuty({ body: { hours: 8 } }).catch(() => undefined)
  const customer = await signedInCustomer()
  const order = await orderOnPrescription(browser, customer)
  assert.equal(order.state, 'awaiting_prescription')
  await approve(pharmacist, order, { kind: 'daily', doses: [4, 0, 4], days: 5, food: 'after' })
  for (let attempt = 1; ; attempt++) {
    const { state } = await customer.call.getOrder({ params: { id: order.id } })
    if (state === 'placed') break
    assert.ok(attempt < 120, `the order is ${state} after a minute`)
    await page.waitForTimeout(500)
  }
  const { picks } = await pharmacist.getCounterOrder({ params: { id: order.id } })
  const strip = picks[0]
  assert.ok(strip)
  await open(`/orders/${order.id}`)
  // The scanner is heard once the list stands there.
  await page.getByText('0 of 1 picked').waitFor()
  await scan(page, strip.batchNumber)
  await page.getByText('1 of 1 picked').waitFor()
  await page.getByRole('button', { name: 'Pack the order' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Pack the order' }).click()
  for (const name of ['Label in Hindi', 'Label in English', 'Pack slip']) {
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name }).click()
    assert.match((await saving).suggestedFilename(), /\.pdf$/, name)
  }
  await page.getByRole('heading', { name: 'What the customer was told' }).waitFor()
  for (let attempt = 1; ; attempt++) {
    const copy = await pharmacist
      .getStampedCopy({ params: { id: order.id }, query: {} })
      .catch(() => undefined)
    if (copy) {
      assert.equal(Buffer.from(copy.base64, 'base64').subarray(0, 5).toString(), '%PDF-')
      break
    }
    assert.ok(attempt < 60, 'the copy was not stamped within a minute')
    await page.waitForTimeout(1_000)
  }
  await open(`/stock/batches/${strip.batchId}`)
  await page.getByLabel('Tablets or capsules in it').fill('3')
  const cutting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Print the label' }).click()
  assert.match((await cutting).suggestedFilename(), /^cut-strip-.*\.pdf$/)
  await open('/registers')
  await page.getByText(strip.batchNumber).first().waitFor()
})

test('asked by the pharmacist, a customer answers from her phone with a second paper', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const call = deskCall({ context })
  const sent = await call.requestSignInCode({ body: { mobile: newMobile() } })
  await call.createSession({ body: { codeId: sent.id, code: sent.localCode ?? '' } })
  const order = await orderOnPrescription(browser, { call })
  const pharmacist = deskCall(desk)
  const { items } = await pharmacist.listReviews({ query: { limit: 50 } })
  const head = items.find(one => one.orderId === order.id)
  assert.ok(head, 'the order waits at the desk')
  const params = { id: head.id }
  await pharmacist.claimReview({ params, body: { takeOver: false } })
  const body = { code: 'clearer_photo', words: null } as const
  await pharmacist.askCustomer({ params, body, idempotencyKey: randomUUID() })
  const uploadId = await sendPhoto(browser, { call }, 'SECOND PAPER')
  const page = await context.newPage()
  await page.goto(`${pharmacyUrl}/orders/${order.id}`, { waitUntil: 'networkidle' })
  await page.getByRole('heading', { name: 'The pharmacist asks' }).waitFor()
  await page.getByText('The pharmacist waits for your answer above.').waitFor()
  await page.locator(`input[name=upload][value="${uploadId}"]`).check()
  await page.getByRole('button', { name: 'Show it to the pharmacist' }).click()
  await page.getByText('You answered: Sent another file.').waitFor()
  const { uploads, questions } = await pharmacist.getReview({ params })
  assert.equal(uploads.at(-1)?.id, uploadId)
  assert.ok(questions.every(one => one.answer !== null))
  // Nothing is left in the queue for another journey to count.
  await call.cancelOrder({ params: { id: order.id }, body: { reason: 'ordered_by_mistake' } })
  await context.close()
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { type Desk, openBrowser, openDeskOf, said, scan } from './counter.ts'
import { type ApiPerson, placeOrder, signedInCustomer } from './person.ts'

let browser: Browser
let pharmacist: Desk
let customer: ApiPerson
before(async () => {
  browser = await openBrowser()
  customer = await signedInCustomer()
  pharmacist = await openDeskOf(browser, 'pharmacist')
})
after(() => browser.close())

/** The batch numbers on the pick list, in the order of the walk. */
async function batchesToPick(): Promise<string[]> {
  const places = pharmacist.page.locator('ol li').filter({ hasText: /Batch\s+\S+/ })
  await places.first().waitFor()
  const texts = await places.allInnerTexts()
  return texts.flatMap(text => /Batch\s+(\S+)/.exec(text)?.[1] ?? [])
}

test('an order is packed batch by batch, handed over and delivered, and the customer sees it', async () => {
  const { page, open } = pharmacist
  const order = await placeOrder(customer)
  await open('/orders')
  await page.getByRole('link', { name: order.number, exact: true }).click()
  const pack = page.getByRole('button', { name: 'Pack the order' })
  await pack.waitFor()
  assert.ok(await pack.isDisabled())
  await page.getByText('2 picks are not confirmed yet').waitFor()

  const [first = '', second = ''] = await batchesToPick()
  assert.ok(first && second, 'the pick list names its batches')
  await scan(page, 'WRONG9999')
  const refused = page.getByRole('dialog', { name: 'Not known here' })
  await refused.getByText('WRONG9999').waitFor()
  await scan(page, first)
  assert.ok(await refused.isVisible(), 'the next scan does not wave it away')
  await page.keyboard.press('Escape')
  await refused.waitFor({ state: 'detached' })
  assert.ok(await pack.isDisabled(), 'a wrong batch confirms nothing')
  assert.ok(await page.getByText('0 of 2 picked').isVisible())

  await scan(page, first)
  await page.getByText('1 of 2 picked').waitFor()
  await page.getByLabel('Scan or type the batch number').fill(second.toLowerCase())
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByText('2 of 2 picked').waitFor()
  await pack.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('leave the shelf and the ledger now').waitFor()
  await dialog.getByRole('button', { name: 'Pack the order' }).click()

  await page.getByRole('button', { name: 'Hand over to the rider' }).click()
  await dialog.getByRole('button', { name: 'Hand over to the rider' }).click()
  await dialog.getByText('Fill this in.').waitFor()
  await dialog.getByLabel('Rider’s name').fill('R. Rider')
  await dialog.getByRole('button', { name: 'Hand over to the rider' }).click()

  await page.getByRole('button', { name: 'Mark delivered' }).click()
  // The invoice rounds what is paid in cash to the rupee.
  const { totalPaise } = await customer.call.getOrder({ params: { id: order.id } })
  assert.equal(totalPaise % 100, 0)
  assert.equal(
    await dialog.getByLabel('Cash collected, in rupees').inputValue(),
    (totalPaise / 100).toFixed(2),
    'the cash to collect is filled in',
  )
  await dialog.getByLabel('Received by').fill('Asha Sample')
  await dialog.getByLabel('Cash collected, in rupees').fill('1')
  await dialog.getByRole('button', { name: 'Mark delivered' }).click()
  await dialog.getByRole('alert').waitFor()
  await dialog.getByLabel('Cash collected, in rupees').fill((totalPaise / 100).toFixed(2))
  await dialog.getByRole('button', { name: 'Mark delivered' }).click()
  await said(page, `${order.number} is delivered.`)

  const seen = await customer.call.getOrder({ params: { id: order.id } })
  assert.equal(seen.state, 'delivered')
  assert.deepEqual(
    seen.lines.flatMap(line => line.batches.map(batch => batch.batchNumber)).toSorted(),
    [first, second].toSorted(),
    'the customer sees the batches that were scanned',
  )
})

test('the whole pick list is worked by the keyboard alone', async () => {
  const { page, open } = pharmacist
  const order = await placeOrder(customer)
  await open(`/orders/${order.id}`)
  await page.getByText('0 of 2 picked').waitFor()
  await page.keyboard.press('j')
  await page.locator('[data-pick]:focus').waitFor()
  await page.keyboard.press('Space')
  await page.getByText('1 of 2 picked').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('2 of 2 picked').waitFor()
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await page.getByText('1 of 2 picked').waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
  await page.keyboard.press('Escape')
})

test('an order refused at the door comes back, another is cancelled with its reason', async () => {
  const { page, open } = pharmacist
  const dialog = page.getByRole('dialog')
  const refused = await placeOrder(customer, 1)
  await open(`/orders/${refused.id}`)
  await scan(page, (await batchesToPick())[0] ?? '')
  await page.getByRole('button', { name: 'Pack the order' }).click()
  await dialog.getByRole('button', { name: 'Pack the order' }).click()
  await page.getByRole('button', { name: 'Hand over to the rider' }).click()
  await dialog.getByLabel('Rider’s name').fill('R. Rider')
  await dialog.getByRole('button', { name: 'Hand over to the rider' }).click()
  await page.getByRole('button', { name: 'Refused at the door' }).click()
  await dialog.getByLabel('What was said at the door').fill('Ordered twice')
  await dialog.getByRole('button', { name: 'Refused at the door' }).click()
  await said(page, `${refused.number} came back to the store.`)

  const cancelled = await placeOrder(customer, 1)
  await open(`/orders/${cancelled.id}`)
  await page.getByRole('button', { name: 'Cancel the order' }).click()
  await dialog.getByRole('button', { name: 'Cancel the order' }).click()
  await dialog.getByText('Choose a reason.').waitFor()
  await dialog.getByLabel('Reason').selectOption('customer_unreachable')
  await dialog.getByRole('button', { name: 'Cancel the order' }).click()
  await said(page, `${cancelled.number} is cancelled.`)
  const states = await Promise.all(
    [refused, cancelled].map(async ({ id }) => {
      return (await customer.call.getOrder({ params: { id } })).state
    }),
  )
  assert.deepEqual(states, ['returned', 'cancelled'])
})

test('the queue shows what waits, oldest first, and rows open by J, K and Enter', async () => {
  const { page, open } = pharmacist
  const order = await placeOrder(customer, 1)
  await open('/orders?state=placed')
  const rows = page.locator('[data-row]')
  await rows.first().waitFor()
  const numbers = await rows.allInnerTexts()
  assert.ok(numbers.includes(order.number))
  assert.deepEqual(
    numbers,
    numbers.toSorted((one, other) => Number(one.slice(3)) - Number(other.slice(3))),
    'numbers grow with time, so the oldest stands first',
  )
  await page.keyboard.press('j')
  await page.locator('[data-row]:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/)
})

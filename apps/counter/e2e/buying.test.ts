import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { MedicineCard } from '@janta/contracts'
import type { Browser } from 'playwright-core'
import { addSupplier, ask, billLine, receiveByApi } from './buying-desk.ts'
import { type Desk, faultsOf, openBrowser, openDeskOf, pharmacyUrl } from './counter.ts'
import { newPerson } from './person.ts'

let browser: Browser
let keeper: Desk
let medicines: MedicineCard[]
before(async () => {
  browser = await openBrowser()
  keeper = await openDeskOf(browser, 'stock_keeper')
  const { items } = await newPerson().call.searchMedicines({ query: { limit: 8 } })
  medicines = items
  assert.ok(medicines.length > 3, 'the sample catalogue is empty')
})
after(() => browser.close())

const stamp = Date.now() % 1e8
const medicine = (at: number) => medicines[at]!

test('a supplier is entered with licences; one that ran out is seen and blocks the order until renewed', async () => {
  const { page, open } = keeper
  const name = `E2E Lapsed ${stamp}`
  await open('/purchases/suppliers/new')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('alert').getByText('Enter the supplier’s name.').waitFor()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('GSTIN').fill('23ABCDE1234F1Z0')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('alert').getByText('A GSTIN has 15 characters').waitFor()
  await page.getByLabel('GSTIN').fill('')
  const first = page.getByRole('group', { name: 'Licence 1' })
  await first.getByLabel('Licence number').fill(`MP/${stamp}`)
  await first.getByLabel('Valid to').fill('2020-03-31')
  await page.getByRole('button', { name: 'Save' }).click()
  const row = page.getByRole('listitem').filter({ hasText: name })
  await row.getByText('Ordering blocked').waitFor()
  await row.getByText('ran out 31 Mar 2020').waitFor()

  await row.getByRole('link', { name }).click()
  await page.getByRole('link', { name: 'New order' }).click()
  await page.getByText('No order is sent and no bill is taken').waitFor()
  await page.getByLabel('Add a medicine').pressSequentially(medicine(0).name)
  // The choice of suppliers above it has options too.
  const suggested = page.getByRole('listbox', { name: 'Medicines' }).getByRole('option')
  await suggested
    .first()
    .filter({ hasText: medicine(0).name })
    .waitFor()
  await page.keyboard.press('Enter')
  await page.getByLabel(`Packs of ${medicine(0).name}`).fill('12')
  await page.getByRole('button', { name: 'Save as draft' }).click()
  const send = page.getByRole('button', { name: 'Send the order' })
  await send.waitFor()
  assert.ok(await send.isDisabled())
  const order = page.url()

  await page.getByRole('link', { name: 'Drug licences' }).click()
  await page.getByRole('group', { name: 'Licence 1' }).getByLabel('Valid to').fill('2099-03-31')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('listitem').filter({ hasText: name }).getByText('May deliver').waitFor()
  await page.goto(order, { waitUntil: 'networkidle' })
  await send.click()
  const dialog = page.getByRole('dialog')
  assert.deepEqual(await faultsOf(page), [])
  await dialog.getByRole('button', { name: 'It is sent' }).click()
  await page.getByText('12 packs due').waitFor()
  await page.getByRole('button', { name: 'Cancel the order' }).click()
  await dialog.getByRole('button', { name: 'Cancel the order' }).click()
  await dialog.getByText('Write at least three letters.').waitFor()
  await dialog.getByLabel('Reason').fill('Ordered elsewhere')
  await dialog.getByRole('button', { name: 'Cancel the order' }).click()
  await page.getByText('Ended: Ordered elsewhere').waitFor()
})

test('what runs out is said with its figures, and ticked lines become one order a supplier', async () => {
  const { page, open } = keeper
  const [one, other] = [await addSupplier(keeper), await addSupplier(keeper)]
  for (const at of [0, 1])
    await ask(keeper, 'PUT', `/purchases/levels/${medicine(at).id}`, {
      minPacks: 50_000,
      maxPacks: 60_000,
    })
  await open('/purchases/reorder')
  for (const [at, supplier] of [one, other].entries()) {
    const row = page
      .getByRole('listitem')
      .filter({ hasText: medicine(at).name })
      .first()
    await row.getByText('units on the shelf sell in time').waitFor()
    await row.getByRole('checkbox').check()
    await row.getByLabel(`Packs of ${medicine(at).name}`).fill(String(7 + at))
    await row.getByRole('combobox').selectOption(supplier.id)
  }
  await page.getByText('2 ticked').waitFor()
  await page.getByRole('button', { name: 'Make 2 orders' }).click()
  await page.waitForURL(/orders\?state=draft/)
  for (const supplier of [one, other])
    await page.getByRole('listitem').filter({ hasText: supplier.name }).waitFor()
  for (const at of [0, 1])
    await ask(keeper, 'PUT', `/purchases/levels/${medicine(at).id}`, {
      minPacks: null,
      maxPacks: null,
    })
})

test('a bill against an order stands ready with what is due, and the order says what is still due', async () => {
  const { page, open } = keeper
  const supplier = await addSupplier(keeper)
  await receiveByApi(keeper, supplier.id, [billLine(medicine(2).id)])
  const order = await ask<{ id: string; number: string }>(keeper, 'POST', '/purchases/orders', {
    supplierId: supplier.id,
    lines: [{ medicineId: medicine(2).id, packs: 10 }],
  })
  await ask(keeper, 'POST', `/purchases/orders/${order.id}/sending`)
  await open(`/purchases/orders/${order.id}`)
  await page.getByRole('link', { name: 'Receive goods' }).click()
  await page.waitForFunction(
    () => document.querySelector<HTMLInputElement>('[aria-label="Billed, Row 1"]')?.value === '10',
  )
  await page.getByLabel('Batch, Row 1').fill(`PO${stamp}`)
  await page.getByLabel('Expiry, Row 1').fill('0431')
  await page.getByLabel('Billed, Row 1').fill('4')
  await page.getByLabel('GST %, Row 1').fill('5')
  await page.getByLabel('Bill number').fill(`PO/${stamp}`)
  await page.getByLabel('Bill date').fill('2026-01-05')
  await page.getByLabel('Bill total').fill('420')
  await page.getByText('Agrees with the bill').waitFor()
  await page.getByRole('button', { name: 'Look through and receive' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Receive now' }).click()
  await page.getByRole('link', { name: 'Against a purchase order' }).click()
  await page.getByText('Partly received').waitFor()
  await page.getByText('6 packs due').waitFor()
})

test('goods go back with a debit note to print, and a claim inside the window is one tick', async () => {
  const { page, open } = keeper
  const supplier = await addSupplier(keeper)
  const soon = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 7)
  const batchNumber = `CLAIM${stamp}`
  const { id } = await receiveByApi(keeper, supplier.id, [
    billLine(medicine(3).id, { goodPacks: 9, damagedPacks: 1 }),
    billLine(medicine(3).id, { batchNumber, expiry: soon, shortExpiryReason: 'Takes it back' }),
  ])
  await open(`/purchases/bills/${id}`)
  await page.getByText('Damaged', { exact: true }).waitFor()
  await page
    .getByRole('button', { name: /^Send back / })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Units to send back').fill('1')
  await dialog.getByLabel('Reason').fill('Broken in the carton')
  await dialog.getByRole('button', { name: 'Send back' }).click()
  await page.getByRole('heading', { level: 1, name: /^Debit note / }).waitFor()
  await page.emulateMedia({ media: 'print' })
  assert.ok(await page.getByText('Received by the supplier: name, date, stamp').isVisible())
  assert.ok(!(await page.getByRole('navigation', { name: 'Main' }).first().isVisible()))
  await page.emulateMedia({ media: 'screen' })

  await open('/purchases/returns')
  await page.getByLabel(new RegExp(`^Claim .*${batchNumber}`)).check()
  await page.getByRole('button', { name: `Claim 1 batch from ${supplier.name}` }).click()
  await page.getByRole('heading', { level: 1, name: /^Debit note / }).waitFor()
  await page.getByText('Expiry claim', { exact: true }).waitFor()
})

test('a bill keeps photos of its paper, and asks money back for packs that never came', async () => {
  const { page, open } = keeper
  const supplier = await addSupplier(keeper)
  const { id } = await receiveByApi(keeper, supplier.id, [
    billLine(medicine(4).id, { goodPacks: 8 }),
  ])
  await open(`/purchases/bills/${id}`)
  await page.getByText('No photo yet.', { exact: false }).waitFor()
  const photo = { mimeType: 'image/png', buffer: await page.screenshot() }
  const input = page.locator('input[type=file]')
  await input.setInputFiles({
    name: 'not-a-bill.png',
    ...photo,
    buffer: Buffer.from('not a picture'),
  })
  await page.getByText('This file is no JPEG', { exact: false }).waitFor()
  await input.setInputFiles({ name: 'bill.png', ...photo })
  await page.getByRole('img', { name: 'Page 1 of the paper bill' }).waitFor()
  await page.getByText('Kept with the bill.').waitFor()
  await page.waitForFunction(() => [...document.images].every(one => one.naturalWidth > 0))
  const [address] = await page
    .locator('img[src*="bill-pages"]')
    .evaluateAll(all => all.map(one => one.getAttribute('src')))
  assert.ok(address)
  const stranger = await fetch(new URL(address, pharmacyUrl))
  assert.equal(stranger.status, 404, 'a stranger saw the bill')
  await page.waitForFunction(() => document.getAnimations().length === 0)
  assert.deepEqual(await faultsOf(page), [])

  await page.getByRole('button', { name: /^Ask money back for / }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Packs that never came').fill('2')
  await dialog.getByLabel('Reason').fill('Two strips short in the carton')
  const send = dialog.getByRole('button', { name: 'Ask money back' })
  let sent = 0
  // The answer is lost on the way: the claim was made, and asking again is the same claim.
  await page.route('**/claims', async route => {
    sent++
    if (sent > 1) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await send.click()
  await dialog.getByRole('alert').waitFor()
  await send.click()
  await page.getByRole('heading', { level: 1, name: /^Debit note / }).waitFor()
  await page.unroute('**/claims')
  assert.equal(sent, 2)
  await page.getByText('Shortage on the bill', { exact: true }).waitFor()
  await page.getByText('No goods go with this note', { exact: false }).waitFor()
  const { items } = await ask<{ items: unknown[] }>(
    keeper,
    'GET',
    `/purchases/debit-notes?supplierId=${supplier.id}`,
  )
  assert.equal(items.length, 1, 'the claim was made twice')
})

test('a pharmacist is told who receives goods', async () => {
  const pharmacist = await openDeskOf(browser, 'pharmacist')
  await pharmacist.open('/stock/receive')
  await pharmacist.page.getByText('A stock keeper or an administrator receives goods').waitFor()
})

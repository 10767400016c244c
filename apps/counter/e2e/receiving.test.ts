import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BuyingFacts, MedicineCard } from '@janta/contracts'
import type { Browser } from 'playwright-core'
import { addSupplier, ask, billLine, newGtin, receiveByApi } from './buying-desk.ts'
import { type Desk, openBrowser, openDeskOf } from './counter.ts'
import { newPerson } from './person.ts'

let browser: Browser
let keeper: Desk
let medicines: MedicineCard[]
let supplier: { id: string; name: string }
const linesOfBill = 60
before(async () => {
  browser = await openBrowser()
  keeper = await openDeskOf(browser, 'stock_keeper')
  const { items } = await newPerson().call.searchMedicines({ query: { limit: 50 } })
  medicines = items
  assert.ok(medicines.length > 1, 'the sample catalogue is empty')
  supplier = await addSupplier(keeper)
})
after(() => browser.close())

const stamp = Date.now()
const medicine = (at = 0) => medicines[at % medicines.length]!

interface Head {
  number: string
  total: string
  from?: { id: string }
}

async function typeHead({ number, total, from = supplier }: Head): Promise<void> {
  const { page } = keeper
  await page.locator('#supplierId').selectOption(from.id)
  await page.getByLabel('Bill number').fill(number)
  await page.getByLabel('Bill date').fill('2026-01-05')
  await page.getByLabel('Bill total').fill(total)
}

/** Types into a cell of a row, over what stands there. */
async function put(cell: string, row: number, text: string): Promise<void> {
  await keeper.page.getByLabel(`${cell}, Row ${row}`, { exact: true }).fill(text)
}

async function chooseMedicine(row: number, name: string): Promise<void> {
  const { page } = keeper
  // The whole name: half of one may be another's, too, and Enter takes the first that is offered.
  await page.getByLabel(`Medicine, Row ${row}`).pressSequentially(name)
  await page.locator('li[role=option]').first().filter({ hasText: name }).waitFor()
  await page.keyboard.press('Enter')
}

/** A row that is right in every cell. */
async function typeRow(row: number, batch: string, more: Record<string, string> = {}) {
  await chooseMedicine(row, medicine().name)
  const cells = {
    Batch: batch,
    Expiry: '0331',
    Billed: '10',
    Rate: '100',
    MRP: '150',
    'GST %': '5',
  }
  for (const [cell, text] of Object.entries({ ...cells, ...more })) await put(cell, row, text)
}

const startOver = () => keeper.page.getByRole('button', { name: 'Start over' }).click()
const lookThrough = () =>
  keeper.page.getByRole('button', { name: 'Look through and receive' }).click()

/** What the foot of the page makes of the bill, in rupees as a person would copy it from the paper. */
async function computed(): Promise<string> {
  const foot = keeper.page.getByText(/^computed ₹/)
  await foot.waitFor()
  return (await foot.innerText()).replace('computed ₹', '').replaceAll(',', '')
}

test('a bill typed by keyboard survives a reload; sent again after a lost answer it is received once', async () => {
  const { page, open } = keeper
  await open('/stock/receive')
  await typeHead({ number: `E2E/${stamp}`, total: '1' })
  await typeRow(1, `E2E${stamp}`, { Free: '2' })
  await page.getByText(/landed ₹83\.33 a pack/).waitFor()
  await page.getByLabel('Bill total').fill(await computed())
  await page.getByText('Agrees with the bill').waitFor()

  await page.reload({ waitUntil: 'networkidle' })
  await page.getByText('Your draft was kept.').waitFor()
  assert.equal(await page.getByLabel('Batch, Row 1').inputValue(), `E2E${stamp}`)

  // The server takes the bill; its answer never reaches the desk.
  await page.route('**/purchases/bills', async route => {
    await route.fetch()
    await route.abort()
  })
  await lookThrough()
  await page.getByRole('dialog').getByRole('button', { name: 'Receive now' }).click()
  await page.getByText('No answer came').waitFor()
  await page.unroute('**/purchases/bills')
  await lookThrough()
  await page.getByRole('dialog').getByRole('button', { name: 'Receive now' }).click()
  await page.getByRole('heading', { level: 1, name: `Bill E2E/${stamp}` }).waitFor()
  const { items } = await ask<{ items: { billNumber: string }[] }>(
    keeper,
    'GET',
    `/purchases/bills?supplierId=${supplier.id}`,
  )
  assert.equal(items.filter(one => one.billNumber === `E2E/${stamp}`).length, 1)
  assert.equal(await page.evaluate(() => localStorage.getItem('janta-counter-receipt')), null)
  await page.getByRole('link', { name: medicine().name }).click()
  await page.getByRole('complementary').getByText(`E2E${stamp}`).waitFor()
})

test('what changed is said in words with its figures before it is received', async () => {
  const { page, open } = keeper
  await receiveByApi(keeper, supplier.id, [billLine(medicine().id)])
  await open('/stock/receive')
  await typeHead({ number: `ODD/${stamp}`, total: '1' })
  await typeRow(1, `ODD${stamp}`, { MRP: '180', Rate: '120' })
  await page.getByText('MRP was ₹150.00, now ₹180.00').waitFor()
  await page.getByText('Costs more than last time (rate then ₹100.00)').waitFor()
  await page.getByRole('button', { name: 'Short, damaged, place: row 1' }).click()
  await put('Came in order', 1, '7')
  await put('Damaged', 1, '1')
  await page.getByText('2 packs short').waitFor()
  await page.getByText('1 packs damaged').waitFor()
  await page.getByLabel('Bill total').fill(await computed())
  await lookThrough()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('1 line to look at').waitFor()
  await dialog.getByText('MRP was ₹150.00, now ₹180.00').waitFor()
  await dialog.getByRole('button', { name: 'Receive now' }).click()
  await page.getByRole('heading', { level: 1, name: `Bill ODD/${stamp}` }).waitFor()
})

test('Enter takes the medicine whose letters were typed, never one of a list that is late or only like it', async () => {
  const { page, open } = keeper
  const [one, other] = [medicine(0), medicine(1)]
  await open('/stock/receive')
  const field = page.getByLabel('Medicine, Row 1')
  const first = (name: string) => page.locator('li[role=option]').first().filter({ hasText: name })
  await field.fill(one.name)
  await first(one.name).waitFor()
  await page.route('**/api/v1/medicines?**', async route => {
    await page.waitForTimeout(700)
    await route.continue()
  })
  await field.fill(other.name)
  await field.press('Enter')
  await first(other.name).waitFor()
  assert.equal(await field.inputValue(), other.name)
  await page.unroute('**/api/v1/medicines?**')
  await field.press('Enter')
  await page.locator('li[role=option]').first().waitFor({ state: 'detached' })
  assert.equal(await field.inputValue(), other.name)

  const slip = one.name.slice(0, 3) + one.name.slice(4)
  await field.fill(slip)
  await page.getByText(/^Shown for “.*”: choose one$/).waitFor()
  await field.press('Enter')
  assert.equal(await field.inputValue(), slip, 'a guess was taken unseen')
  await field.press('ArrowDown')
  const marked = await page.locator('li[role=option][aria-selected=true] b').innerText()
  await field.press('Enter')
  assert.equal(await field.inputValue(), marked)
  await startOver()
})

test('goods of a short life and a wrong total are refused with the reason, and a promise lets them in', async () => {
  const { page, open } = keeper
  const soon = new Date(Date.now() + 60 * 86_400_000).toISOString()
  await open('/stock/receive')
  // A slow line: the running sum's question is still on its way when the last look is asked for.
  await page.route('**/purchases/bills/check', async route => {
    await page.waitForTimeout(900)
    await route.continue()
  })
  await typeHead({ number: `NEAR/${stamp}`, total: '999' })
  await typeRow(1, `NEAR${stamp}`, { Expiry: `${soon.slice(5, 7)}${soon.slice(2, 4)}` })
  await lookThrough()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/Goods must last 180 days/).waitFor()
  assert.ok(await dialog.getByRole('button', { name: 'Receive now' }).isDisabled())
  await dialog.getByRole('button', { name: 'Go back' }).click()
  await put('What the supplier promised', 1, 'Takes back whatever is left')
  await lookThrough()
  await dialog.getByText(/printed total is below its lines/).waitFor()
  await dialog.getByRole('button', { name: 'Go back' }).click()
  await put('Expiry', 1, '0120')
  await lookThrough()
  await page.getByRole('alert').getByText('Row 1: This batch has expired.').waitFor()
  await page.unroute('**/purchases/bills/check')

  // Without a line the last look says so, and the bill stands as it was typed.
  await put('Expiry', 1, '0331')
  await page.route('**/purchases/bills/check', route => route.abort())
  await lookThrough()
  await page
    .getByRole('alert')
    .getByText(/^Nothing is lost\. Check the connection/)
    .waitFor()
  assert.equal(await page.getByLabel('Batch, Row 1').inputValue(), `NEAR${stamp}`)
  await page.unroute('**/purchases/bills/check')
  await startOver()
})

test('a code scanned once is known on the next bill, and a scan never erases', async () => {
  const { page, open } = keeper
  const gtin = newGtin()
  await open('/stock/receive')
  await typeHead({ number: `SCAN/${stamp}`, total: '1' })
  await page.getByLabel('Medicine, Row 1').focus()
  await page.keyboard.type(`]d201${gtin}10SC${stamp}~17310300`)
  await page.keyboard.press('Enter')
  await page.getByText('A new code. Choose its medicine once').waitFor()
  assert.equal(await page.getByLabel('Expiry, Row 1').inputValue(), '03/31')
  await chooseMedicine(1, medicine(1).name)
  for (const [cell, text] of Object.entries({
    Billed: '10',
    Rate: '100',
    MRP: '150',
    'GST %': '5',
  }))
    await put(cell, 1, text)
  const batch = page.getByLabel('Batch, Row 1')
  await batch.press('End')
  await page.keyboard.type(`]d201${gtin}10OTHER`)
  await page.keyboard.press('Enter')
  await page.getByText('The code says batch OTHER').waitFor()
  assert.equal(await batch.inputValue(), `SC${stamp}`)
  await page.getByLabel('Bill total').fill(await computed())
  await lookThrough()
  await page.getByRole('dialog').getByRole('button', { name: 'Receive now' }).click()
  await page.getByRole('heading', { level: 1, name: `Bill SCAN/${stamp}` }).waitFor()
  await open('/stock/receive')
  await page.getByLabel('Medicine, Row 1').focus()
  await page.keyboard.type(`]d201${gtin}10NEXT${stamp}`)
  await page.keyboard.press('Enter')
  await page.locator('input[aria-label="Batch, Row 1"]').filter({ visible: true }).waitFor()
  await page.waitForFunction(
    name =>
      (document.querySelector<HTMLInputElement>('[aria-label="Medicine, Row 1"]')?.value ?? '') ===
      name,
    medicine(1).name,
  )
  assert.equal(await page.getByLabel('Rate, Row 1').inputValue(), '100.00')
  await startOver()
})

test('sixty lines by scanner and keyboard cost five key presses a line at most', async t => {
  const { page, open } = keeper
  const gtins = Array.from({ length: linesOfBill }, newGtin)
  const lines = gtins.map((gtin, at) => billLine(medicine(at).id, { gtin }))
  await receiveByApi(keeper, supplier.id, lines)
  await open('/stock/receive')
  await typeHead({ number: `SIXTY/${stamp}`, total: '1' })
  await page.getByLabel('Medicine, Row 1').focus()
  let keys = 0
  const press = async (key: string) => {
    keys += 1
    await page.keyboard.press(key)
  }
  const startedAt = Date.now()
  for (const [at, gtin] of gtins.entries()) {
    // A scanner is faster than a person; its code arrives as one.
    await page.keyboard.insertText(`]d201${gtin}10S${stamp % 1e6}${at}~17310300`)
    await page.keyboard.press('Enter')
    await page.waitForFunction(
      row => document.activeElement?.getAttribute('aria-label') === `Billed, Row ${row}`,
      at + 1,
    )
    for (const key of ['1', '0', 'Enter']) await press(key)
    await press('Enter')
    await page.getByLabel(`Medicine, Row ${at + 2}`).waitFor()
  }
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  t.diagnostic(`${keys} key presses for ${linesOfBill} lines beside the scans, in ${seconds} s`)
  assert.ok(keys <= linesOfBill * 5, `${keys} key presses`)
  await page.getByText(`${linesOfBill} lines, 600 packs`).waitFor()
  // Ten packs of 100 rupees a line, and each medicine's own tax, as the catalogue has it.
  const { items } = await ask<{ items: BuyingFacts[] }>(keeper, 'POST', '/purchases/facts', {
    medicineIds: lines.map(line => line.medicineId),
  })
  const gstOf = new Map(items.map(one => [one.medicineId, one.gstBasisPoints ?? 0]))
  const paise = lines.reduce((sum, one) => sum + 100_000 + 10 * (gstOf.get(one.medicineId) ?? 0), 0)
  await page.getByLabel('Bill total').fill(String(paise / 100))
  await page.getByText('Agrees with the bill').waitFor()
  await lookThrough()
  await page.getByRole('dialog').getByRole('button', { name: 'Receive now' }).click()
  await page.getByRole('heading', { level: 1, name: `Bill SIXTY/${stamp}` }).waitFor()
  assert.equal(await page.getByRole('button', { name: /^Send back / }).count(), linesOfBill)
})

test('a bill of sixty lines comes in from a file with columns of its own, remembered for the next', async () => {
  const { page, open } = keeper
  const own = await addSupplier(keeper)
  const named = Array.from({ length: linesOfBill }, (_, at) => `${medicine(at).name} F${at}`)
  const lines = named.map((supplierItem, at) => billLine(medicine(at).id, { supplierItem }))
  await receiveByApi(keeper, own.id, lines)
  const fileOf = (number: string, batch: string) =>
    [
      'Chalan,Maal,Lot,Khatm,Ginti,Bhav,Daam,Kar',
      ...named.map((name, at) => `${number},${name},${batch}${at},03/31,10,100.00,150.00,5`),
    ].join('\n')
  const choose = async (number: string, batch: string) => {
    await open('/stock/receive')
    await page.locator('#supplierId').selectOption(own.id)
    await page.getByRole('button', { name: 'Bill as CSV' }).click()
    const file = {
      name: 'bill.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(fileOf(number, batch)),
    }
    await page.getByLabel('CSV file').setInputFiles(file)
  }
  const dialog = page.getByRole('dialog')
  await choose(`FILE/${stamp}`, 'FA')
  await dialog.getByText('Say which columns hold the medicine and the packs.').waitFor()
  for (const [column, heading] of Object.entries({
    'Bill number': 'Chalan',
    Medicine: 'Maal',
    Expiry: 'Khatm',
    'Packs billed': 'Ginti',
    Rate: 'Bhav',
    MRP: 'Daam',
    'GST %': 'Kar',
  }))
    await dialog.getByLabel(column, { exact: true }).selectOption({ label: heading })
  await dialog.getByRole('button', { name: 'Read with these columns' }).click()
  await dialog.getByText('60 lines read, 60 medicines known by their name').waitFor()
  await dialog.getByRole('button', { name: 'Put 60 lines into the bill' }).click()
  assert.equal(await page.getByLabel('Bill number').inputValue(), `FILE/${stamp}`)
  await page.getByLabel('Bill date').fill('2026-01-05')
  await page.getByLabel('Bill total').fill('63000')
  await page.getByText('Agrees with the bill').waitFor()
  await lookThrough()
  await dialog.getByRole('button', { name: 'Receive now' }).click()
  await page.getByRole('heading', { level: 1, name: `Bill FILE/${stamp}` }).waitFor()

  await choose(`FILE/${stamp}`, 'FB')
  await dialog.getByText('As you chose for this supplier before').waitFor()
  await dialog.getByText('A bill of this number was received before.').waitFor()
  await dialog.getByRole('button', { name: 'Go back' }).click()
  await startOver()
})

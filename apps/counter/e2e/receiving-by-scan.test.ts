import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BuyingFacts } from '@janta/contracts'
import type { Browser } from 'playwright-core'
import { addSupplier, ask, billLine, newGtin, receiveByApi } from './buying-desk.ts'
import { openBrowser } from './counter.ts'
import { GoodsIn } from './goods-in.ts'

let browser: Browser
let goods: GoodsIn
before(async () => {
  browser = await openBrowser()
  goods = await GoodsIn.open(browser)
})
after(() => browser.close())

const stamp = Date.now()
const linesOfBill = 60

test('a code scanned once is known on the next bill, and a scan never erases', async () => {
  const { page, open } = goods.keeper
  const gtin = newGtin()
  await open('/stock/receive')
  await goods.typeHead({ number: `SCAN/${stamp}`, total: '1' })
  await page.getByLabel('Medicine, Row 1').focus()
  await page.keyboard.type(`]d201${gtin}10SC${stamp}~17310300`)
  await page.keyboard.press('Enter')
  await page.getByText('A new code. Choose its medicine once').waitFor()
  assert.equal(await page.getByLabel('Expiry, Row 1').inputValue(), '03/31')
  await goods.chooseMedicine(1, goods.medicine(1).name)
  for (const [cell, text] of Object.entries({
    Billed: '10',
    Rate: '100',
    MRP: '150',
    'GST %': '5',
  }))
    await goods.put(cell, 1, text)
  const batch = page.getByLabel('Batch, Row 1')
  await batch.press('End')
  await page.keyboard.type(`]d201${gtin}10OTHER`)
  await page.keyboard.press('Enter')
  await page.getByText('The code says batch OTHER').waitFor()
  assert.equal(await batch.inputValue(), `SC${stamp}`)
  await page.getByLabel('Bill total').fill(await goods.computed())
  await goods.lookThrough()
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
    goods.medicine(1).name,
  )
  assert.equal(await page.getByLabel('Rate, Row 1').inputValue(), '100.00')
  await goods.startOver()
})

test('sixty lines by scanner and keyboard cost five key presses a line at most', async t => {
  const { page, open } = goods.keeper
  const gtins = Array.from({ length: linesOfBill }, newGtin)
  const lines = gtins.map((gtin, at) => billLine(goods.medicine(at).id, { gtin }))
  await receiveByApi(goods.keeper, goods.supplier.id, lines)
  await open('/stock/receive')
  await goods.typeHead({ number: `SIXTY/${stamp}`, total: '1' })
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
  const { items } = await ask<{ items: BuyingFacts[] }>(goods.keeper, 'POST', '/purchases/facts', {
    medicineIds: lines.map(line => line.medicineId),
  })
  const gstOf = new Map(items.map(one => [one.medicineId, one.gstBasisPoints ?? 0]))
  const paise = lines.reduce((sum, one) => sum + 100_000 + 10 * (gstOf.get(one.medicineId) ?? 0), 0)
  await page.getByLabel('Bill total').fill(String(paise / 100))
  await page.getByText('Agrees with the bill').waitFor()
  await goods.lookThrough()
  await page.getByRole('dialog').getByRole('button', { name: 'Receive now' }).click()
  await page.getByRole('heading', { level: 1, name: `Bill SIXTY/${stamp}` }).waitFor()
  assert.equal(await page.getByRole('button', { name: /^Send back / }).count(), linesOfBill)
})

test('a bill of sixty lines comes in from a file with columns of its own, remembered for the next', async () => {
  const { page, open } = goods.keeper
  const own = await addSupplier(goods.keeper)
  const named = Array.from({ length: linesOfBill }, (_, at) => `${goods.medicine(at).name} F${at}`)
  const lines = named.map((supplierItem, at) => billLine(goods.medicine(at).id, { supplierItem }))
  await receiveByApi(goods.keeper, own.id, lines)
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
  await goods.lookThrough()
  await dialog.getByRole('button', { name: 'Receive now' }).click()
  await page.getByRole('heading', { level: 1, name: `Bill FILE/${stamp}` }).waitFor()

  await choose(`FILE/${stamp}`, 'FB')
  await dialog.getByText('As you chose for this supplier before').waitFor()
  await dialog.getByText('A bill of this number was received before.').waitFor()
  await dialog.getByRole('button', { name: 'Go back' }).click()
  await goods.startOver()
})

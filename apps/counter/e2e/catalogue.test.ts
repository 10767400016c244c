import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import {
  counterUrl,
  type Desk,
  type DeskOptions,
  faultsOf,
  openBrowser,
  openDeskOf,
  pharmacyUrl,
} from './counter.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

const deskOf = (role: string, options: DeskOptions = {}): Promise<Desk> =>
  openDeskOf(browser, role, { height: 1_600, ...options })

// Tall enough for a whole page: what the bottom bar covers until one scrolls is no small target.
const tall = 3_200

/** Both languages and three widths: nothing axe finds, nothing that scrolls sideways. */
async function lookAt({ page }: Desk, name: string): Promise<void> {
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: tall })
    assert.deepEqual(await faultsOf(page), [], `${name} at ${width}`)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(overflow <= 0, `${name} scrolls sideways by ${overflow} at ${width}`)
    const folder = process.env['JANTA_PICTURES']
    if (folder) await page.screenshot({ path: `${folder}/${name}-${width}.png` })
  }
  await page.setViewportSize({ width: 1280, height: 1_600 })
}

test('the pharmacist looks at what a classification changes, records it by keyboard, and reads its history', async () => {
  const desk = await deskOf('pharmacist')
  const { page, open } = desk
  await open('/catalogue/law')
  await lookAt(desk, 'law')
  await page.getByRole('combobox', { name: 'Find a substance' }).fill('cetirizine')
  await page
    .getByRole('option', { name: /cetirizine/i })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'State what holds from a day on' }).waitFor()
  await page.getByRole('button', { name: 'Look at what it changes' }).click()
  await page.getByText('Say where it stands.').first().waitFor()
  await page.getByLabel('Stands in', { exact: true }).selectOption('H')
  await page.getByLabel('Source').fill('Test Gazette GSR 1(E)')
  await page.keyboard.press('Enter')
  await page.getByText(/^This (makes|changes)/).waitFor()
  await lookAt(desk, 'impact')
  const focused = await page.evaluate(() => document.activeElement?.textContent)
  assert.equal(focused, 'Record it')
  await page.keyboard.press('Enter')
  await page.getByText('Recorded.').waitFor()
  await page.getByRole('cell', { name: 'Test Gazette GSR 1(E)' }).waitFor()
  await page.getByRole('button', { name: 'हिन्दी' }).click()
  await page.getByRole('heading', { name: 'क़ानून इस पर क्या कहता है' }).waitFor()
  await lookAt(desk, 'substance-hi')
  await page.getByRole('button', { name: 'English' }).click()
  await desk.context.close()
})

test('a ban is entered with the packs it reaches in sight, and lifted again', async () => {
  const desk = await deskOf('pharmacist')
  const { page, open } = desk
  await open('/catalogue/bans')
  await lookAt(desk, 'bans')
  await page.getByRole('button', { name: 'Enter a ban' }).click()
  await page.getByLabel('What is banned').fill('Paracetamol above 900 mg in this test')
  await page.getByRole('combobox', { name: 'Add a substance' }).fill('paracetamol')
  await page.getByRole('option', { name: 'Paracetamol', exact: true }).click()
  await page.getByLabel('Only above, mg in one unit').fill('900')
  await page.getByLabel('Source').fill('Test Gazette S.O. 7(E)')
  await page.getByRole('button', { name: 'Look at what it changes' }).click()
  await page.getByText(/^This takes \d+ packs off sale/).waitFor()
  await lookAt(desk, 'ban')
  await page.getByRole('button', { name: 'Enter the ban' }).click()
  const lift = page.getByRole('button', {
    name: 'Lift the ban: Paracetamol above 900 mg in this test?',
  })
  await lift.click()
  await page.getByRole('dialog').getByLabel('Source').fill('Test order of a court')
  await page.getByRole('dialog').getByRole('button', { name: 'Lift the ban' }).click()
  await lift.waitFor({ state: 'detached' })
  await desk.context.close()
})

test('the owner reads the sale rules and throws the kill switch with a reason', async () => {
  const desk = await deskOf('administrator')
  const { page, open } = desk
  await open('/catalogue/matrix')
  await lookAt(desk, 'matrix')
  const name = 'Switch off: Deliver prescription medicines?'
  await page.getByRole('button', { name }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Switch off' }).click()
  await dialog.getByText('Say why, in a few words.').waitFor()
  await dialog.getByLabel('Reason').fill('A journey of the tests')
  await page.keyboard.press('Enter')
  const back = page.getByRole('button', { name: 'Switch on: Deliver prescription medicines?' })
  await back.click()
  await dialog.getByLabel('Reason').fill('A journey of the tests ends')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name }).waitFor()
  await desk.context.close()
})

test('a price is set with its reason, and a picture goes from the desk to the front door in its sizes', async () => {
  const desk = await deskOf('administrator')
  const { page, open } = desk
  await open('/catalogue/medicines')
  await lookAt(desk, 'medicines')
  await page.getByRole('combobox', { name: 'Find a medicine' }).fill('paracetamol')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Prices' }).waitFor()
  await lookAt(desk, 'medicine')
  await page.getByLabel('New price of a pack, rupees').fill('1.50')
  await page
    .getByRole('form', { name: 'Set the price' })
    .getByLabel('Reason')
    .fill('Test of the desk')
  await page.keyboard.press('Enter')
  await page.getByText('The price is set.').waitFor()
  await page
    .getByRole('cell', { name: /Test of the desk/ })
    .first()
    .waitFor()
  const shows = `Front of the strip ${Date.now()}`
  await page.getByLabel('What the picture shows').fill(shows)
  const buffer = await sharp({
    create: { width: 1_200, height: 900, channels: 3, background: '#c8e0d0' },
  })
    .jpeg()
    .toBuffer()
  const file = { name: 'strip.jpg', mimeType: 'image/jpeg', buffer }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: 'Send the picture' }).click()
  await page.getByText('The picture is on the page.').waitFor()
  const small = await page.getByRole('img', { name: shows }).getAttribute('src')
  assert.match(small ?? '', /^\/medicines\/pictures\//)
  for (const width of [160, 480, 960]) {
    const answer = await fetch(pharmacyUrl + (small ?? '').replace('160.webp', `${width}.webp`))
    assert.equal(answer.headers.get('content-type'), 'image/webp')
    assert.match(answer.headers.get('cache-control') ?? '', /immutable/)
    const made = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
    assert.equal(made.width, width)
  }
  await lookAt(desk, 'medicine-photo')
  await page.getByRole('listitem').filter({ hasText: shows }).getByRole('button').click()
  await page.getByRole('dialog').getByLabel('Reason').fill('Test ends')
  await page.keyboard.press('Enter')
  await page.getByRole('img', { name: shows }).waitFor({ state: 'detached' })
  await desk.context.close()
})

test('a selling rule is recorded, and a pharmacist links two brands', async () => {
  const owner = await deskOf('administrator')
  await owner.open('/catalogue/medicines')
  await owner.page.getByRole('button', { name: 'New rule' }).click()
  await owner.page.getByLabel('Below MRP, per cent').fill('3.5')
  await owner.page.getByLabel('Category').selectOption('baby')
  await owner.page.getByLabel('Reason').fill('Test of the desk')
  await lookAt(owner, 'rule')
  await owner.page.getByRole('button', { name: 'Record the rule' }).click()
  await owner.page.getByText(/^Recorded. \d+ prices changed/).waitFor()
  await owner.page.getByRole('cell', { name: '3.5 %' }).first().waitFor()
  await owner.context.close()
  const desk = await deskOf('pharmacist')
  const { page, open } = desk
  await open('/catalogue/medicines')
  await page.getByRole('combobox', { name: 'Find a medicine' }).fill('paracetamol')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Same medicine, other brands' }).waitFor()
  await page.getByRole('combobox', { name: 'The other medicine' }).fill('cetirizine')
  await page.getByRole('option').first().click()
  await page.getByLabel('Is not the same medicine').check()
  await page.getByLabel('Reason').fill('Another salt altogether')
  await page.keyboard.press('Enter')
  await page.getByText('Recorded. Customers see it at once.').waitFor()
  await page
    .getByText(/^not the same as/)
    .first()
    .waitFor()
  await lookAt(desk, 'same')
  await desk.context.close()
})

test('the stock and the orders one sees are saved whole, as CSV and as a workbook', async () => {
  const { page, open, context } = await deskOf('administrator')
  for (const [path, first] of [
    ['/stock', 'Medicine'],
    ['/orders?state=delivered', 'Order'],
  ] as const) {
    await open(path)
    const saved = async (kind: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: `Export as ${kind}` }).click(),
      ])
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
    }
    const csv = await saved('CSV')
    const lines = csv.bytes.toString('utf8').trimEnd().split('\r\n')
    assert.ok(lines[0]?.startsWith(`\ufeff${first},`), lines[0])
    if (path === '/stock') assert.ok(lines.length > 60, 'only what the page shows was saved')
    const xlsx = await saved('XLSX')
    assert.match(xlsx.name, /\.xlsx$/)
    assert.equal(xlsx.bytes.subarray(0, 2).toString(), 'PK')
  }
  await context.close()
})

test('the menu shows each role its own pages, in groups, and on a phone everything is under More', async () => {
  const pagesOf = async (role: string) => {
    const { page, open, context } = await deskOf(role, { width: 320, height: 700 })
    await open('/')
    const bar = page.getByRole('navigation', { name: 'Main' }).filter({ visible: true })
    assert.ok((await bar.getByRole('link').count()) <= 4)
    await bar.getByRole('button', { name: 'More' }).click()
    const menu = page.getByRole('dialog').getByRole('link')
    await menu.first().waitFor()
    const links = await menu.allInnerTexts()
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(overflow <= 0, `the menu scrolls sideways by ${overflow}`)
    await context.close()
    return links.map(text => text.trim())
  }
  const pharmacist = await pagesOf('pharmacist')
  assert.ok(pharmacist.includes('Schedules') && !pharmacist.includes('Imports'))
  const owner = await pagesOf('administrator')
  assert.ok(owner.includes('Imports') && owner.includes('Sale rules'))
})

const scriptBytesMax = 90 * 1024

test('every page of the catalogue weighs at most 90 KB of script', async () => {
  for (const path of ['law', 'bans', 'matrix', 'medicines']) {
    const { page, context } = await deskOf('pharmacist')
    let bytes = 0
    const reading: Promise<void>[] = []
    page.on('response', response => {
      if (response.request().resourceType() !== 'script') return
      reading.push(response.body().then(body => void (bytes += brotliCompressSync(body).length)))
    })
    await page.goto(`${counterUrl}/catalogue/${path}`, { waitUntil: 'networkidle' })
    page.removeAllListeners('response')
    await Promise.all(reading)
    assert.ok(bytes > 10_000, `${path} loaded no script`)
    assert.ok(bytes <= scriptBytesMax, `${path} weighs ${bytes} bytes of script`)
    await context.close()
  }
})

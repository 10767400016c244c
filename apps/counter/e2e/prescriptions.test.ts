import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { brotliCompressSync } from 'node:zlib'
import { type Desk, openBrowser, openDesk, openDeskOf } from './counter.ts'
import { signedInCustomer } from './person.ts'
import { deskCall, sendPhoto } from './rx-order.ts'
import { assertSound, deskIn } from './soundness.ts'

let browser: Browser
let desk: Desk
/** The order numbers of this journey's own reviews: others may wait in the same queue. */
let mine: string[]
before(async () => {
  browser = await openBrowser()
  const customers = await Promise.all([0, 1, 2].map(() => signedInCustomer()))
  const papers: string[] = []
  for (const [at, customer] of customers.entries())
    papers.push(await sendPhoto(browser, customer, `PAPER ${at + 1}`))
  await serverCommand('sample', 'prescriptions')
  desk = await openDeskOf(browser, 'pharmacist')
  // Another journey of the same pharmacy may have left her on duty.
  await deskCall(desk).endDuty({})
  const { items } = await deskCall(desk).listReviews({ query: { limit: 50 } })
  mine = papers.map(paper => items.find(one => one.firstUploadId === paper)?.orderNumber ?? '')
  assert.ok(mine.every(Boolean), 'each paper waits for a pharmacist')
})
after(() => browser.close())

/** The operator's command against the pharmacy the journeys run against. */
async function serverCommand(...words: string[]): Promise<void> {
  const environment = JSON.parse(process.env['JANTA_SERVER'] ?? 'null')
  assert.ok(environment, 'JANTA_SERVER says how the server was started')
  const main = path.resolve(import.meta.dirname, '../../server/src/main.ts')
  await promisify(execFile)(process.execPath, [main, ...words], { env: environment })
}

/**
 * Presses keys one by one as a person does: slower than a scanner, and by the clock of the page, which a busy machine
 * holds up, so that what a key opened has the next one. Answers how many.
 */
async function press(keys: readonly string[]): Promise<number> {
  for (const key of keys) {
    await desk.page.keyboard.press(key)
    await desk.page.evaluate(() => new Promise(done => setTimeout(done, 70)))
  }
  return keys.length
}

const row = (at: number) =>
  desk.page.locator('.rx-row').filter({ hasText: new RegExp(`${mine[at]} ·`) })

/** Lays one of its own on the desk. What opened by itself after the last may be another journey's. */
async function layOnDesk(at: number): Promise<void> {
  if ((await row(at).getAttribute('aria-current')) === null) await row(at).click()
  await desk.page.locator('.rx-row[aria-current]').and(row(at)).waitFor()
}

/** Waits until one is settled and another, whosever it is, lies on the desk by itself. */
async function untilNext(settled: number): Promise<void> {
  await row(settled).waitFor({ state: 'detached' })
  await desk.page.locator('.rx-row[aria-current]').waitFor()
}

test('a pharmacist goes on duty, takes a prescription by a key and sees its picture', async () => {
  const { page, open } = desk
  await open('/prescriptions')
  await page.getByRole('button', { name: 'Go on duty for 8 hours' }).click()
  await page.getByText('On duty: R. Sample, SAMPLE-0001').waitFor()
  await row(0).waitFor()
  await press(['Enter'])
  await page.locator('.rx-row[aria-current]').waitFor()
  await layOnDesk(0)
  const picture = page.locator('.picture img')
  await picture.waitFor()
  assert.ok(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth > 500))
  await press(['+', 'r', 'c'])
  const sheet = page.locator('.picture .sheet')
  assert.match(
    (await sheet.getAttribute('style')) ?? '',
    /rotate\(90deg\).*125%|125%.*rotate\(90deg\)/,
  )
  assert.match((await sheet.getAttribute('class')) ?? '', /strong/)
  await press(['f'])
})

test('what is missing is said in words, and nothing is settled by it', async () => {
  const { page } = desk
  await press(['1', '1', '1', 'a'])
  await page.getByText('Doctor’s name missing').waitFor()
  await page.getByText('Date missing').waitFor()
  await page.getByText('Signature missing').waitFor()
  assert.equal(await row(0).getAttribute('aria-current'), 'true')
})

test('a second paper is opened, left and come back to by keys, and a teleconsultation has one of its own', async () => {
  const { page } = desk
  await press(['y'])
  const papers = page.getByRole('group', { name: 'Papers of this order' }).getByRole('button')
  const isOpen = (at: number) => papers.nth(at).getAttribute('aria-pressed')
  await papers.nth(1).waitFor()
  assert.deepEqual([await isOpen(0), await isOpen(1)], ['false', 'true'])
  await press(['i'])
  await page.getByRole('group', { name: 'Teleconsultation' }).waitFor()
  await press(['i', 'w'])
  assert.deepEqual([await isOpen(0), await isOpen(1)], ['true', 'false'])
})

test('a doctor who is not known yet is typed once', async () => {
  const { page } = desk
  await press(['d'])
  await page.getByRole('combobox', { name: /Doctor/ }).fill('Dr Naina Sample')
  await page.getByLabel('Registration no.').fill('S-1')
  await page.getByLabel('Council').fill('Sample Medical Council')
  await page.getByLabel('Clinic’s address').fill('Sample Clinic, Indore')
  await page.getByLabel('Clinic’s address').press('Enter')
  const today = new Date(Date.now() + 19_800_000).getUTCDate()
  await press(['t', ...String(today).split(''), 'Enter', 'n', 'h', 'a'])
  await untilNext(0)
})

test('a practised pharmacist settles three lines in at most 25 keys and no mouse, and the next stands there at once', async t => {
  const { page } = desk
  await layOnDesk(1)
  await page.locator('.picture img').waitFor()
  await page.waitForLoadState('networkidle')
  const today = String(new Date(Date.now() + 19_800_000).getUTCDate())
  let keys = await press(['d', 'n', 'a', 'i'])
  await page.getByRole('option', { name: /Naina/ }).waitFor()
  keys += await press(['Enter', 't', ...today.split(''), 'Enter', 'n', 'h', '1', '1', '1'])
  const [before] = await page.locator('.picture img').elementHandles()
  const shown = page.evaluate(
    old =>
      new Promise<number>(resolve => {
        const from = performance.now()
        const look = () => {
          const image = document.querySelector<HTMLImageElement>('.picture img')
          if (image && image !== old && image.complete) resolve(performance.now() - from)
          else requestAnimationFrame(look)
        }
        look()
      }),
    before,
  )
  keys += await press(['a'])
  await untilNext(1)
  assert.ok(keys <= 25, `${keys} keys were pressed`)
  t.diagnostic(`${keys} keys; the next picture after ${Math.round(await shown)} ms from the key on`)
})

test('the customer is asked by two keys, in words of both languages, and the review leaves the desk', async () => {
  const { page } = desk
  await layOnDesk(2)
  await page.locator('.picture img').waitFor()
  await press(['q'])
  await page.getByRole('dialog').getByText('How old is the patient?').waitFor()
  await press(['4'])
  await row(2).getByText('Asked', { exact: true }).waitFor()
})

for (const language of ['en', 'hi'] as const) {
  test(`the desk has no fault at a desk, on a phone and at 400% zoom in ${language}, at work`, async () => {
    const own = await deskIn(browser, language, await desk.context.storageState())
    await own.open('/prescriptions')
    await own.page
      .locator('.rx-row')
      .filter({ hasText: `${mine[2]} ·` })
      .click()
    await own.page.locator('.line.current').waitFor()
    await assertSound(own.page, '/prescriptions')
    await own.context.close()
  })
}

/** Of a first page, compressed as the CDN does. */
const scriptBytesMax = 92 * 1024

test('the desk’s first page stays within its budget of script', async t => {
  const own = await openDesk(browser, { state: await desk.context.storageState() })
  const weights: Promise<number>[] = []
  own.page.on('response', response => {
    if (response.request().resourceType() !== 'script') return
    weights.push(response.body().then(body => brotliCompressSync(body).length))
  })
  await own.open('/prescriptions')
  await own.page.locator('.rx-row').first().waitFor()
  await own.page.waitForLoadState('networkidle')
  own.page.removeAllListeners('response')
  const bytes = (await Promise.all(weights)).reduce((sum, one) => sum + one, 0)
  t.diagnostic(`${bytes} bytes of script`)
  assert.ok(bytes > 10_000 && bytes <= scriptBytesMax, `${bytes} bytes of script`)
  await own.context.close()
})

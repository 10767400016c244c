import assert from 'node:assert/strict'
import { type MedicineCard, medicineCategories } from '@janta/contracts'
import { openBrowser } from '@janta/tools/browser'
import type { Locale } from '@janta/ui/format.ts'
import { type ShopWords, shop as english } from '@janta/ui/messages/en/shop.ts'
import { shop as hindi } from '@janta/ui/messages/hi/shop.ts'
import { prescription as prescriptionEnglish } from '@janta/ui/messages/en/prescription.ts'
import { prescription as prescriptionHindi } from '@janta/ui/messages/hi/prescription.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'

export { faultsOf } from '@janta/tools/axe'

/** The pharmacy the journeys run against: the front door of a live stack. */
const address = process.env.JANTA_URL
assert.ok(address, 'The journeys need a running pharmacy: run them by `npm test apps/shop/e2e`.')
export const shopUrl = address.replace(/\/$/, '')

export const wordsIn: Record<Locale, ShopWords> = { en: english, hi: hindi }
/** A PIN code the sample store delivers to with cash on delivery. */
export const servedPin = '452001'
// Long enough for a machine four times slower than a usual one: only a journey that fails waits it out.
const patienceMs = 45_000

export interface Visit {
  page: Page
  context: BrowserContext
  words: ShopWords
  /** Opens a path of the shop in the visit's language and waits until it answers clicks. */
  open: (path: string) => Promise<void>
}

export interface VisitOptions {
  locale?: Locale
  withScript?: boolean
  width?: number
}

/** A customer's browser with an empty history. */
export async function visit(browser: Browser, options: VisitOptions = {}): Promise<Visit> {
  const { locale = 'en', withScript = true, width = 390 } = options
  const context = await browser.newContext({
    javaScriptEnabled: withScript,
    viewport: { width, height: 844 },
  })
  context.setDefaultTimeout(patienceMs)
  const page = await context.newPage()
  const prefix = locale === 'hi' ? '/hi' : ''
  const open = async (path: string) => {
    await page.goto(shopUrl + (path === '/' ? prefix || '/' : prefix + path), {
      waitUntil: withScript ? 'networkidle' : 'load',
    })
    if (withScript) await untilAwake(page)
  }
  return { page, context, words: wordsIn[locale], open }
}

export { openBrowser }

/**
 * Waits until the script has taken the page over. Before that a form is sent and a link followed as without a script:
 * right for a customer, but another journey. The router takes scrolling over last, after every part of the page.
 */
export async function untilAwake(page: Page): Promise<void> {
  await page.waitForFunction(() => history.scrollRestoration === 'manual')
}

/** A medicine of which the shop has several packs: one anybody may order, or one that needs a prescription. */
export async function orderableMedicine(
  decision: 'open' | 'prescription' = 'open',
): Promise<MedicineCard & { pricePaise: number }> {
  const items = await medicines()
  const found = items.find(
    item => item.decision === decision && item.pricePaise !== null && item.availablePacks >= 5,
  )
  assert.ok(found, 'the sample catalogue has nothing to order')
  return { ...found, pricePaise: found.pricePaise ?? 0 }
}

/** The catalogue as far as lists show it, kind by kind. */
export async function medicines(): Promise<MedicineCard[]> {
  const lists = await Promise.all(
    medicineCategories.map(async category => {
      const response = await fetch(`${shopUrl}/api/v1/medicines?limit=50&category=${category}`)
      assert.equal(response.status, 200)
      return ((await response.json()) as { items: MedicineCard[] }).items
    }),
  )
  const items = lists.flat()
  assert.ok(items.length > 0, 'the sample catalogue is empty')
  return items
}

/** A number nobody has signed in with before, so that no test meets another's limits. */
export function newMobile(): string {
  return `9${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`
}

/** Goes through sign-in from its first page; the local shop shows the code instead of sending it. */
export async function signIn({ page, words }: Visit): Promise<void> {
  await page.getByLabel(words.account.mobile).fill(newMobile())
  await page.getByRole('button', { name: words.account.sendCode }).click()
  const codeField = page.getByLabel(words.account.code)
  await codeField.waitFor()
  const code = /\b[0-9]{6}\b/.exec(await page.locator('main').innerText())?.[0]
  assert.ok(code, 'a local shop shows the code on the page')
  await codeField.fill(code)
  await page.getByRole('button', { name: words.account.confirm, exact: true }).click()
}

/** A drawn page, plainly no real prescription. */
export async function samplePrescription(
  words: string,
): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1200"><rect width="100%" height="100%" fill="#f6f2e9"/>' +
    `<text x="60" y="120" font-size="60">SAMPLE</text><text x="60" y="300" font-size="44">${words} 1-0-1</text></svg>`
  const buffer = await sharp(Buffer.from(svg)).jpeg().toBuffer()
  return { name: `${words}.jpg`, mimeType: 'image/jpeg', buffer }
}

export const prescriptionWordsFor = (words: Visit['words']) =>
  words === wordsIn.hi ? prescriptionHindi : prescriptionEnglish

/** Waits for the check of what was sent; without a script the customer looks again herself. */
export async function untilChecked({ page, words }: Visit, files: number): Promise<void> {
  const t = prescriptionWordsFor(words)
  const ready = page.getByText(t.states.ready, { exact: true })
  for (let look = 0; look < 180 && (await ready.count()) < files; look++) {
    await page.waitForTimeout(500)
    await page.reload()
  }
  assert.equal(await ready.count(), files, await page.locator('main').innerText())
}

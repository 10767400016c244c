import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { openBrowser } from '@janta/tools/browser'
import type { Browser, BrowserContext, Page } from 'playwright-core'

export { faultsOf } from '@janta/tools/axe'

/** The pharmacy the journeys run against: the front door of a live stack. */
const address = process.env['JANTA_URL']
assert.ok(address, 'The journeys need a running pharmacy: run them by `npm test apps/counter/e2e`.')
export const pharmacyUrl = address.replace(/\/$/, '')
export const counterUrl = `${pharmacyUrl}/counter`
// Long enough for a machine four times slower than a usual one: only a journey that fails waits it out.
const patienceMs = 45_000

interface Login {
  role: string
  mobile: string
}

/** The ready login of a role in the sample pharmacy. */
export function mobileOf(role: string): string {
  const given = JSON.parse(process.env['JANTA_LOGINS'] ?? '[]') as Login[] | { logins: Login[] }
  const logins = Array.isArray(given) ? given : given.logins
  const login = logins.find(one => one.role === role)
  assert.ok(login, `JANTA_LOGINS names no ${role}`)
  return login.mobile
}

export { openBrowser }

export interface Desk {
  page: Page
  context: BrowserContext
  /** Opens a path of the counter and waits until nothing is being fetched. */
  open: (path: string) => Promise<void>
}

export interface DeskOptions {
  width?: number
  height?: number
  /** A signed-in state kept from an earlier desk. */
  state?: string | Awaited<ReturnType<BrowserContext['storageState']>>
}

/** A desk with a browser of its own. */
export async function openDesk(browser: Browser, options: DeskOptions = {}): Promise<Desk> {
  const { width = 1280, height = 860, state } = options
  const context = await browser.newContext({
    viewport: { width, height },
    ...(state ? { storageState: state } : {}),
  })
  context.setDefaultTimeout(patienceMs)
  const page = await context.newPage()
  const open = async (path: string) => {
    await page.goto(counterUrl + path, { waitUntil: 'networkidle' })
  }
  return { page, context, open }
}

/** Goes through sign-in from its first page; a local pharmacy shows the code instead of sending it. */
export async function signIn({ page, open }: Desk, mobile: string): Promise<void> {
  await open('/sign-in')
  await page.getByLabel('Mobile number').fill(mobile)
  const codeField = page.getByLabel('Six-digit code')
  await askForCode(page)
  await codeField.waitFor()
  const code = /\b[0-9]{6}\b/.exec(await page.locator('main').innerText())?.[0]
  assert.ok(code, 'a local pharmacy shows the code on the page')
  await codeField.fill(code)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

// One number gets one code in thirty seconds, and journeys share the few people of the sample.
const resendMs = 31_000

async function askForCode(page: Page): Promise<void> {
  for (let attempt = 1; attempt <= 2; attempt++) {
    const answered = page.waitForResponse(response => response.url().endsWith('/sign-in-codes'))
    await page.getByRole('button', { name: 'Send code' }).click()
    if ((await answered).status() !== 429) return
    await page.waitForTimeout(resendMs)
  }
}

/**
 * The signed-in state of a role of the sample pharmacy. One number gets five codes an hour and there
 * is one person a role, so the first journey signs in and the later ones take up what it kept.
 */
export async function stateOf(browser: Browser, role: string): Promise<string> {
  const folder = process.env['JANTA_SIGN_INS']
  assert.ok(folder, 'JANTA_SIGN_INS names the folder of this run’s sign-ins')
  const file = path.join(folder, `${role}.json`)
  if (existsSync(file)) return file
  const desk = await openDesk(browser)
  await signIn(desk, mobileOf(role))
  await desk.page.getByRole('heading', { name: 'Needs you now' }).waitFor()
  await desk.context.storageState({ path: file })
  await desk.context.close()
  return file
}

/** A desk somebody of this role is signed in at, on its first page. */
export async function openDeskOf(
  browser: Browser,
  role: string,
  options: DeskOptions = {},
): Promise<Desk> {
  const desk = await openDesk(browser, { ...options, state: await stateOf(browser, role) })
  await desk.open('/')
  await desk.page.getByRole('heading', { name: 'Needs you now' }).waitFor()
  return desk
}

/** Waits until the page has said this by itself; the same words may stand elsewhere on it. */
export async function said(page: Page, words: string): Promise<void> {
  await page.getByRole('status').getByText(words, { exact: true }).waitFor()
}

/**
 * Types as a USB scanner does: key on key without a pause, then Enter. With `first` that button is pressed in the same
 * breath: no frame is drawn between it and the scan, as on a desk that is slow to draw.
 */
export async function scan(page: Page, code: string, first = ''): Promise<void> {
  await page.evaluate(
    ({ keys, button }) => {
      if (button) document.querySelector<HTMLElement>(button)?.click()
      for (const key of keys) {
        const on = document.activeElement ?? document.body
        on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      }
    },
    { keys: [...code.split(''), 'Enter'], button: first },
  )
}

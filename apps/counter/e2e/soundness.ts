import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { type Desk, faultsOf, openDesk } from './counter.ts'

/** A desk's screen, a phone, and the phone of 320 pixels that stands for 400% zoom. */
const widths = [1280, 390, 320]
const readWidths = new Set([1280, 390])
// Tall enough to show a page whole: what only lies under the bar of a phone at one scroll position is no fault.
const height = 2600

/** The page as it stands has no accessibility fault at a desk or on a phone, and never scrolls sideways. */
export async function assertSound(page: Page, path: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height })
    if (readWidths.has(width)) assert.deepEqual(await faultsOf(page), [], `${path} at ${width}`)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(overflow <= 0, `${path} at ${width} scrolls sideways by ${overflow}`)
  }
}

/** A desk of its own in one language, signed in as a desk or a kept state is. */
export async function deskIn(
  browser: Browser,
  language: 'en' | 'hi',
  state: string | Awaited<ReturnType<Desk['context']['storageState']>>,
): Promise<Desk> {
  const own = await openDesk(browser, { width: 1280, height, state })
  await own.context.addInitScript(
    chosen => localStorage.setItem('janta-counter-language', chosen),
    language,
  )
  return own
}

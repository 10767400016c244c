import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { chromiumFlags, findChromium } from './chromium.ts'

/** A fresh browser with an empty profile that is deleted when it closes. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags })
}

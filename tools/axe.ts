import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)
const axeRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** A colour half-way through its change is no fault; what moves for ever is looked at as it is. */
async function untilStill(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        one => one.effect?.getComputedTiming().endTime === Infinity || one.playState !== 'running',
      ),
  )
}

/** What axe finds wrong with the page as it is now, one line a fault. */
export async function faultsOf(page: Page): Promise<string[]> {
  await untilStill(page)
  await page.evaluate(axeSource)
  return await page.evaluate(async rules => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(
          root: Document,
          options: object,
        ): Promise<{
          passes: unknown[]
          violations: { id: string; nodes: { html: string }[] }[]
        }>
      }
    }
    const { passes, violations } = await axe.run(document, { runOnly: rules })
    if (passes.length === 0) return ['axe saw nothing on this page']
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(node => `${id}: ${node.html.slice(0, 200)}`),
    )
  }, axeRules)
}

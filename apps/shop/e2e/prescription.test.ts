import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { formatDay, type Locale } from '@janta/ui/format.ts'
import { family } from '@janta/ui/messages/en/family.ts'
import type { Browser } from 'playwright-core'
import {
  faultsOf,
  openBrowser,
  prescriptionWordsFor as wordsFor,
  samplePrescription as sample,
  shopUrl,
  signIn,
  untilChecked,
  visit,
  type Visit,
} from './shop.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

async function arrive(visited: Visit, path: string): Promise<void> {
  const { open, page, words } = visited
  await open(path)
  const link = page.getByRole('link', { name: wordsFor(words).signIn })
  if (await link.count()) await link.click()
  await signIn(visited)
  await page.getByRole('heading', { level: 1, name: wordsFor(words).sendTitle }).waitFor()
}

const twentyMb = 20 * 1024 * 1024

for (const withScript of [true, false]) {
  test(`a prescription is sent ${withScript ? 'with' : 'without'} a script, checked, looked at and taken back`, async () => {
    const visited = await visit(browser, { withScript })
    const { page, words, context } = visited
    const t = wordsFor(words)
    await arrive(visited, '/prescription')
    await page.locator('#files').setInputFiles([await sample('first'), await sample('second')])
    if (!withScript) await page.getByRole('button', { name: t.send, exact: true }).click()
    await page.waitForURL(/\/prescription\/[0-9a-f-]{36}$/)
    await untilChecked(visited, 2)
    const picture = page.getByRole('img', { name: t.page(1, 1) }).first()
    await picture.evaluate(image => (image as HTMLImageElement).decode())
    assert.ok(await picture.evaluate(image => (image as HTMLImageElement).naturalWidth > 100))
    assert.equal(await page.getByText(t.notSeen).count(), 2)
    const address = page.url()
    await page.getByRole('button', { name: t.takeBack }).first().click()
    const ready = page.getByText(t.states.ready, { exact: true })
    await ready.nth(1).waitFor({ state: 'detached' })
    await ready.waitFor()
    assert.equal(await ready.count(), 1)
    const stranger = await visit(browser)
    await arrive(stranger, '/prescription')
    assert.equal((await stranger.page.goto(address))?.status(), 404)
    await stranger.context.close()
    await context.close()
  })
}

test('a file that is no page is refused in words, beside one that is taken', async () => {
  const visited = await visit(browser, { locale: 'hi' })
  const { page, words, context } = visited
  const t = wordsFor(words)
  await arrive(visited, '/prescription')
  const heic = Buffer.from('00000018667479706865696300000000', 'hex')
  await page
    .locator('#files')
    .setInputFiles([
      { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: heic },
      await sample('beside'),
    ])
  await page.waitForURL(/\/hi\/prescription\/[0-9a-f-]{36}$/)
  await untilChecked(visited, 1)
  await page.getByText(t.refusals.heic).waitFor()
  await context.close()
})

test('the network breaks in the middle: the file is sent again and arrives once', async () => {
  const visited = await visit(browser)
  const { page, words, context } = visited
  await arrive(visited, '/prescription')
  let broken = 0
  await page.route(/127\.0\.0\.1/, async route => {
    if (route.request().method() === 'POST' && broken++ === 0) await route.abort('connectionreset')
    else await route.continue()
  })
  await page.locator('#files').setInputFiles(await sample('broken line'))
  await page.waitForURL(/\/prescription\/[0-9a-f-]{36}$/)
  await untilChecked(visited, 1)
  assert.equal(broken, 2)
  assert.equal(await page.getByText(wordsFor(words).file(2)).count(), 0)
  await context.close()
})

for (const withScript of [true, false]) {
  test(`a child is added by a parent ${withScript ? 'with' : 'without'} a script, changed and deleted`, async () => {
    const visited = await visit(browser, { withScript })
    const { page, context, open } = visited
    const t = family
    await arrive(visited, '/prescription')
    await open('/family/new')
    await page.getByLabel(t.name, { exact: true }).fill('Sample Child')
    await page.getByLabel(t.relation).selectOption('child')
    await page.getByLabel(t.birthMonth).fill('2020-05')
    await page.getByLabel(t.allergies).fill('Sample, rash')
    await page.getByRole('button', { name: t.save }).click()
    await page.getByRole('link', { name: t.needAgree }).waitFor()
    assert.equal(await page.getByLabel(t.name, { exact: true }).inputValue(), 'Sample Child')
    await page.getByRole('radio', { name: t.consentAs.guardian }).check()
    await page.getByRole('checkbox', { name: t.agree, exact: true }).check()
    // The day may change while the form is on its way.
    const asked = new Date()
    await page.getByRole('button', { name: t.save }).click()
    await page.getByRole('heading', { name: 'Sample Child' }).waitFor()
    const days = [asked, new Date()].map(day => t.agreedOn(formatDay(day, 'en')))
    await page.getByText(days[0]!).or(page.getByText(days[1]!)).waitFor()
    await page.getByText('Sample, rash').waitFor()
    await page.getByRole('button', { name: t.forget }).click()
    await page.getByText(t.forgotten).waitFor()
    assert.equal(await page.getByRole('heading', { name: 'Sample Child' }).count(), 0)
    await context.close()
  })
}

for (const locale of ['en', 'hi'] satisfies Locale[]) {
  test(`the pages of prescriptions and family have no fault in ${locale} and fit 320 pixels`, async () => {
    const visited = await visit(browser, { locale })
    const { page, context, open } = visited
    await arrive(visited, '/prescription')
    await page.locator('#files').setInputFiles(await sample('looks'))
    await page.waitForURL(/\/prescription\/[0-9a-f-]{36}$/)
    await untilChecked(visited, 1)
    const session = new URL(page.url()).pathname.replace(/^\/hi/, '')
    for (const path of ['/prescription', session, '/family', '/family/new', '/account']) {
      await page.setViewportSize({ width: 320, height: 844 })
      await open(path)
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(beyond <= 0, `${path} is ${beyond} pixels too wide`)
      const height = await page.evaluate(() => document.documentElement.scrollHeight)
      await page.setViewportSize({ width: 390, height: Math.max(height, 844) })
      assert.deepEqual(await faultsOf(page), [], path)
    }
    await context.close()
  })
}

test('a form larger than the shop passes on is refused, and the shop lives on', async () => {
  const body = new FormData()
  body.append('files', new Blob([new Uint8Array(twentyMb + 1)], { type: 'image/jpeg' }), 'a.jpg')
  const headers = { origin: shopUrl }
  const url = `${shopUrl}/prescription?/send`
  const answer = await fetch(url, { method: 'POST', body, headers }).catch(() => null)
  assert.ok(answer === null || answer.status === 413, `answered ${answer?.status}`)
  assert.equal((await fetch(`${shopUrl}/prescription`)).status, 200)
})

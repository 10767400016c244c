import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { codeValidMinutes } from './sign-in-code.ts'
import { registeredSignInText, signInText } from './sign-in-text.ts'

const asked = { code: '040506', publicUrl: 'https://www.a-rather-long-shop-name.in' }

test('the code stands first, and again on a line that binds it to our page', () => {
  for (const language of ['en', 'hi'] as const) {
    const lines = signInText(language, asked).split('\n')
    assert.equal(lines.length, 2)
    assert.ok(lines[0]!.startsWith('040506 '))
    assert.ok(lines[0]!.includes(String(codeValidMinutes)))
    assert.equal(lines[1], '@www.a-rather-long-shop-name.in #040506')
  }
})

test('a message is one SMS in English and two in Hindi', () => {
  assert.ok(signInText('en', asked).length <= 160)
  assert.ok(signInText('hi', asked).length <= 2 * 67)
})

test('the guide lists both texts as they are registered', () => {
  const guide = readFileSync(
    new URL('../../../../../docs/guides/tell-customers.md', import.meta.url),
    'utf8',
  )
  for (const language of ['en', 'hi'] as const) {
    const text = registeredSignInText(language).replace('\n', '<br>')
    assert.ok(guide.includes(`| \`sign_in.${language}\` | ${text} |`), language)
  }
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { noticeOccasions } from '@janta/contracts'
import { noticeText, registeredText } from './notice-words.ts'

const longest = { orderNumber: 'JP-99999999', publicUrl: 'https://www.a-rather-long-shop-name.in' }
/** GSM 03.38, as far as our English goes: one letter more than these and the SMS has 70 instead of 160. */
const gsm = /^[A-Za-z0-9 .,:;/?!'()+-]+$/
const illness = /prescription|medicine|doctor|tablet|schedule|दवा|पर्च|डॉक्टर|गोली|बीमार/i

test('every text fits its messages, in English one and in Hindi three', () => {
  for (const occasion of noticeOccasions) {
    const english = noticeText(occasion, 'en', longest)
    assert.ok(english.length <= 160, `${occasion}: ${english.length}`)
    assert.match(english, gsm)
    const hindi = noticeText(occasion, 'hi', longest)
    assert.ok(hindi.length <= 3 * 67, `${occasion}: ${hindi.length}`)
    assert.match(hindi, /[ऀ-ॿ]/)
  }
})

test('no text says a medicine, an illness or that there is a prescription', () => {
  for (const occasion of noticeOccasions) {
    for (const language of ['en', 'hi'] as const) {
      const text = noticeText(occasion, language, longest)
      assert.doesNotMatch(text, illness, occasion)
      assert.doesNotMatch(text, /[0-9a-f]{8}-/, 'no address in it opens without signing in')
      assert.ok(text.includes('JP-99999999') && text.includes(longest.publicUrl))
      assert.doesNotMatch(text, /\{#/, 'everything that changes is filled in')
    }
  }
})

test('the guide lists each text as it is registered, and no other', () => {
  const guide = readFileSync(
    new URL('../../../../../docs/guides/tell-customers.md', import.meta.url),
    'utf8',
  )
  const listed = [...guide.matchAll(/^\| `([a-z_]+\.(?:en|hi))` \| (.+) \|$/gm)].map(
    ([, name, text]) => [name, text],
  )
  const codes = listed.splice(0, 2).map(([name]) => name)
  assert.deepEqual(codes, ['sign_in.en', 'sign_in.hi'])
  const ours = noticeOccasions.flatMap(occasion =>
    (['en', 'hi'] as const).map(language => [
      `${occasion}.${language}`,
      registeredText(occasion, language),
    ]),
  )
  assert.deepEqual(listed, ours)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localeOf, pathIn, withoutLocale } from './i18n.ts'

test('the path says the language', () => {
  assert.equal(localeOf('/hi'), 'hi')
  assert.equal(localeOf('/hi/cart'), 'hi')
  assert.equal(localeOf('/'), 'en')
  assert.equal(localeOf('/history'), 'en', 'a word that begins with hi is not Hindi')
})

test('switching the language keeps the page and comes back to it', () => {
  for (const path of ['/', '/cart', '/search?q=pan', '/medicine/1/x']) {
    const [pathname = '', query] = pathIn('hi', path).split('?')
    assert.equal(localeOf(pathname), 'hi')
    assert.equal(withoutLocale(pathname) + (query ? `?${query}` : ''), path)
    assert.equal(pathIn('en', path), path)
  }
})

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'

// Words that are the same in both languages because they are names or Latin abbreviations people say.
const sameInBoth = new Set<string>([])

const areas = readdirSync(new URL('./en/', import.meta.url)).filter(file => file.endsWith('.ts'))

type Tree = { readonly [key: string]: unknown }

async function textsOf(locale: 'en' | 'hi', file: string): Promise<Map<string, string>> {
  const module: Tree = await import(new URL(`./${locale}/${file}`, import.meta.url).href)
  const found = new Map<string, string>()
  for (const [name, area] of Object.entries(module)) collect(area as Tree, name, found)
  return found
}

/** A message with values to fill in is called with stand-ins, so that what it says can be read. */
function collect(tree: Tree, path: string, found: Map<string, string>): void {
  for (const [key, value] of Object.entries(tree)) {
    const here = `${path}.${key}`
    if (typeof value === 'string') found.set(here, value)
    else if (typeof value === 'function')
      found.set(here, String(value(...Array.from({ length: value.length }, (_, at) => at + 7))))
    else collect(value as Tree, here, found)
  }
}

test('there is something to translate', () => {
  assert.ok(areas.length >= 5)
})

for (const file of areas) {
  test(`every English word of ${file} has its Hindi`, async () => {
    const [english, hindi] = [await textsOf('en', file), await textsOf('hi', file)]
    assert.ok(english.size > 10)
    assert.deepEqual([...hindi.keys()].sort(), [...english.keys()].sort())
    for (const [path, text] of hindi) {
      assert.ok(text.trim().length > 0, `${path} is empty`)
      if (sameInBoth.has(text)) continue
      assert.notEqual(text, english.get(path), `${path} was left in English`)
      assert.match(text, /[\u0900-\u097f]/, `${path} has no Devanagari: ${text}`)
    }
  })

  test(`Hindi says every value that English says in ${file}`, async () => {
    const [english, hindi] = [await textsOf('en', file), await textsOf('hi', file)]
    for (const [path, text] of english) {
      const values = text.match(/\b(7|8|9)\b/g) ?? []
      for (const value of values) {
        assert.ok(hindi.get(path)?.includes(value), `${path} drops a value in Hindi`)
      }
    }
  })
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeyReader } from './key-reader.ts'

function desk() {
  const heard: string[] = []
  let due: (() => void) | undefined
  const reader = new KeyReader(
    { onKey: key => heard.push(key), onScan: code => heard.push(`scan ${code}`) },
    act => {
      due = act
      return () => {
        if (due === act) due = undefined
      }
    },
  )
  /** The gap after which a held-back key is a person's. */
  const pause = () => due?.()
  let now = 0
  /** Hits a key so many milliseconds after the one before. */
  const hit = (key: string, after = 5) => reader.take(key, (now += after))
  return { heard, hit, pause }
}

test('a single key is a person and arrives after the gap', () => {
  const { heard, hit, pause } = desk()
  hit('J')
  assert.deepEqual(heard, [], 'held back: it may be the first letter of a scan')
  pause()
  hit(' ')
  pause()
  assert.deepEqual(heard, ['j', 'space'])
})

test('a burst ended by Enter is one scan and moves nothing', () => {
  const { heard, hit, pause } = desk()
  for (const key of 'JK4417') hit(key)
  assert.equal(hit('Enter'), true, 'Enter of the scanner must not press the focused button')
  pause()
  assert.deepEqual(heard, ['scan JK4417'])
})

test('Enter alone is a person’s', () => {
  const { heard, hit } = desk()
  assert.equal(hit('Enter'), false)
  assert.deepEqual(heard, ['enter'])
})

test('a burst without Enter is dropped, two keys hit together are two keys', () => {
  const { heard, hit, pause } = desk()
  for (const key of 'ABCDE') hit(key)
  pause()
  assert.deepEqual(heard, [])
  hit('j')
  hit('k')
  pause()
  assert.deepEqual(heard, ['j', 'k'])
})

test('keys of a person that a slow desk sees all at once are keys, and Enter after them is Enter', () => {
  const { heard, hit, pause } = desk()
  for (const key of '111a') hit(key, 120)
  pause()
  assert.deepEqual(heard, ['1', '1', '1', 'a'])
  for (const key of 'jjjj') hit(key, 120)
  assert.equal(hit('Enter', 120), false)
  assert.deepEqual(heard.slice(4), ['j', 'j', 'j', 'j', 'enter'])
})

test('the Shift a scanner holds for capitals does not cut the scan', () => {
  const { heard, hit } = desk()
  for (const key of ['Shift', 'P', 'Shift', 'N', '4', '4', '1', '7']) hit(key)
  hit('Enter')
  assert.deepEqual(heard, ['scan PN4417'])
  assert.equal(hit('Escape'), false, 'left to the browser')
})

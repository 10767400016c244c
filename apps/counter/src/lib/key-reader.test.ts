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
  return { heard, reader, pause }
}

test('a single key is a person and arrives after the gap', () => {
  const { heard, reader, pause } = desk()
  reader.take('J')
  assert.deepEqual(heard, [], 'held back: it may be the first letter of a scan')
  pause()
  reader.take(' ')
  pause()
  assert.deepEqual(heard, ['j', 'space'])
})

test('a burst ended by Enter is one scan and moves nothing', () => {
  const { heard, reader, pause } = desk()
  for (const key of 'JK4417') reader.take(key)
  assert.equal(reader.take('Enter'), true, 'Enter of the scanner must not press the focused button')
  pause()
  assert.deepEqual(heard, ['scan JK4417'])
})

test('Enter alone is a person’s', () => {
  const { heard, reader } = desk()
  assert.equal(reader.take('Enter'), false)
  assert.deepEqual(heard, ['enter'])
})

test('a burst without Enter is dropped, two keys hit together are two keys', () => {
  const { heard, reader, pause } = desk()
  for (const key of 'ABCDE') reader.take(key)
  pause()
  assert.deepEqual(heard, [])
  reader.take('j')
  reader.take('k')
  pause()
  assert.deepEqual(heard, ['j', 'k'])
})

test('the Shift a scanner holds for capitals does not cut the scan', () => {
  const { heard, reader } = desk()
  for (const key of ['Shift', 'P', 'Shift', 'N', '4', '4', '1', '7']) reader.take(key)
  reader.take('Enter')
  assert.deepEqual(heard, ['scan PN4417'])
  assert.equal(reader.take('Escape'), false, 'left to the browser')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordedNote } from '@janta/contracts'
import { notePlaces } from './notes.ts'

const note = (id: string, stands: boolean): RecordedNote => ({
  id,
  kind: 'caution',
  subject: 'H',
  language: 'hi',
  text: 'Ten letters at least',
  citation: 'Rule 97',
  url: null,
  author: 'A pharmacist',
  reviewedOn: '2026-11-01',
  recordedAt: '2026-11-01T00:00:00.000Z',
  stands,
})

test('every place of the page is there in both languages, said or not', () => {
  const places = notePlaces([])
  assert.equal(places.length, 16)
  assert.ok(places.every(place => place.now === undefined && place.before.length === 0))
  assert.equal(new Set(places.map(place => place.key)).size, 16)
})

test('a place holds what stands and, behind it, what was said before', () => {
  const place = notePlaces([note('2', true), note('1', false)]).find(
    one => one.key === 'caution H hi',
  )
  assert.equal(place?.now?.id, '2')
  assert.deepEqual(
    place?.before.map(one => one.id),
    ['1'],
  )
})

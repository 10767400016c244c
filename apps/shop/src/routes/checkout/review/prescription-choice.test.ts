import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UploadSession, UploadStateName } from '@janta/contracts'
import { choosableFiles, forWhom } from './prescription-choice.ts'

const session = (
  id: string,
  patientId: string | null,
  ...files: [state: UploadStateName, isUsed: boolean][]
): UploadSession => ({
  id,
  patientId,
  startedAt: `2026-11-2${id}T10:00:00Z`,
  endsAt: `2026-11-2${id}T11:00:00Z`,
  mayAdd: false,
  uploads: files.map(([state, isUsed], index) => ({
    id: `${id}${index + 1}`,
    position: index + 1,
    state,
    refusal: null,
    isUsed,
    pages: [],
    views: [],
  })),
})

test('only files that are ready are offered, and the newest unused ones are chosen', () => {
  const sessions = [
    session('2', null, ['ready', false], ['refused', false], ['ready', true]),
    session('1', null, ['ready', false]),
  ]
  const { files, chosen } = choosableFiles(sessions)
  assert.deepEqual(
    files.map(({ id }) => id),
    ['21', '23', '11'],
  )
  assert.deepEqual(chosen, ['21'])
})

test('the person the newest ready prescription was sent for is offered first', () => {
  const sessions = [session('2', 'b', ['checking', false]), session('1', 'a', ['ready', false])]
  assert.equal(forWhom(sessions, [{ id: 'a' }, { id: 'b' }]), 'a')
  assert.equal(forWhom(sessions, [{ id: 'b' }]), '')
})

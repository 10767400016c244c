import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differences, reviewOf, snapshots } from './snapshot.ts'

test('the infrastructure is what the reviewed text says it is', () => {
  const texts = snapshots()
  assert.deepEqual([...texts.keys()], ['launch.txt', 'pilot.txt', 'scaled.txt'])
  for (const [name, text] of texts) {
    assert.ok(text.split('\n').length > 10, `${name} is nearly empty`)
    assert.deepEqual(
      reviewOf(name, text),
      [],
      'Read the difference; if it is meant, run: node infra/checks/snapshot.ts --update',
    )
  }
})

test('a changed line is shown as it was and as it is, a repeated one as often as it changed', () => {
  assert.deepEqual(differences(['a', 'b', 'b'], ['a', 'b', 'c']), ['- b', '+ c'])
  assert.deepEqual(differences(['a'], ['a']), [])
})

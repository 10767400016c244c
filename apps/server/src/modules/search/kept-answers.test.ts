import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeptAnswers } from './kept-answers.ts'

test('The same question is answered once until the index changes, and then anew', () => {
  const answers = new KeptAnswers<number>()
  let made = 0
  const ask = (revision: number, key: string) => answers.read(revision, key, () => ++made)
  assert.equal(ask(1, 'dolo'), 1)
  assert.equal(ask(1, 'dolo'), 1)
  assert.equal(ask(1, 'crocin'), 2)
  assert.equal(ask(2, 'dolo'), 3)
  assert.equal(ask(2, 'dolo'), 3)
})

test('Only so many answers are kept, the oldest forgotten first, and none under a long key', () => {
  const answers = new KeptAnswers<number>()
  let made = 0
  const ask = (key: string) => answers.read(1, key, () => ++made)
  for (let i = 0; i < 401; i++) ask(`query ${i}`)
  assert.equal(ask('query 400'), 401)
  assert.equal(ask('query 0'), 402)
  const long = 'x'.repeat(400)
  assert.equal(ask(long), 403)
  assert.equal(ask(long), 404)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SendKeys } from './send-keys.ts'

test('a click repeated after a lost answer is the same act; other words, or the same later, are another', async () => {
  const keys = new SendKeys()
  const sent: string[] = []
  const lost = (key: string) => {
    sent.push(key)
    return Promise.reject(new Error('the answer was lost'))
  }
  const taken = (key: string) => {
    sent.push(key)
    return Promise.resolve('taken')
  }
  await assert.rejects(keys.send({ units: 1 }, lost), /lost/)
  await keys.send({ units: 2 }, taken)
  await keys.send({ units: 1 }, taken)
  await keys.send({ units: 1 }, taken)
  assert.equal(sent[2], sent[0], 'the repeat after a lost answer has the first key')
  assert.equal(new Set(sent).size, 3)
})

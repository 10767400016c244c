import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DiskWaits } from '#kernel/disk-waits'

/** A disk that writes when told to, and counts. */
function slowDisk() {
  const writings: { done: () => void; fail: (error: Error) => void }[] = []
  const write = () =>
    new Promise<void>((resolve, reject) => {
      writings.push({ done: resolve, fail: reject })
    })
  return { writings, waits: new DiskWaits(write) }
}
const turn = () => new Promise(resolve => setImmediate(resolve))

test('two hundred who wait while one writing is under way share the next, which begins after it', async () => {
  const { writings, waits } = slowDisk()
  const answered: string[] = []
  const first = waits.untilLasting().then(() => answered.push('first'))
  const others = Array.from({ length: 200 }, () =>
    waits.untilLasting().then(() => answered.push('other')),
  )
  assert.equal(writings.length, 1, 'the second writing waits for the first')
  writings[0]!.done()
  await first
  await turn()
  assert.deepEqual(answered, ['first'], 'nobody is answered by a writing begun before his commit')
  assert.equal(writings.length, 2)
  writings[1]!.done()
  await Promise.all(others)
  assert.equal(answered.length, 201)
  const later = waits.untilLasting()
  assert.equal(writings.length, 3, 'who comes to a resting disk is written at once')
  writings[2]!.done()
  await later
})

test('a writing that fails is told to those who waited for it, and the next is tried for the rest', async () => {
  const { writings, waits } = slowDisk()
  const told = assert.rejects(waits.untilLasting(), /the database went away/)
  const next = waits.untilLasting()
  writings[0]!.fail(new Error('the database went away'))
  await told
  await turn()
  writings[1]!.done()
  await next
})

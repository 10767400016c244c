import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { measureAll } from './measure-all.ts'

let own: TestDatabase
before(async () => {
  own = await testDatabase()
})
after(() => own.close())

test('a measure that fails keeps none of the others from being taken, and the job hears of it', async () => {
  const taken: string[] = []
  const measure = (name: string, fault?: Error) => ({
    everyMinutes: 60 as const,
    measure: async () => {
      taken.push(name)
      if (fault) throw fault
    },
  })
  const all = [measure('first'), measure('second', new Error('broken')), measure('third')]
  await assert.rejects(measureAll(own.database, all), /broken/)
  assert.deepEqual(taken, ['first', 'second', 'third'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { api, type Endpoint } from '@janta/contracts'
import { compileReply, compileSchema } from '#kernel/validation'

// A server compiles a declaration when it is first used, so that it starts quickly; here every one is compiled, or a
// wrong one would be found by the first customer who asks for it.

const endpoints = Object.values(api) as Endpoint[]

test('every declared address, body and reply can be compiled', () => {
  assert.ok(endpoints.length > 100, 'no endpoint was read')
  for (const { method, path, params, query, body, status, reply } of endpoints) {
    const route = { method, url: path }
    for (const [httpPart, schema] of Object.entries({ params, querystring: query, body })) {
      if (!schema) continue
      const check = compileSchema({ ...route, httpPart, schema })
      assert.doesNotThrow(() => check({}), `${method} ${path} ${httpPart}`)
    }
    if (status === 204) continue
    const write = compileReply({ ...route, httpStatus: String(status), schema: reply })
    assert.doesNotThrow(() => writeSomething(write), `${method} ${path} reply`)
  }
})

test('a declaration that is wrong is found here', () => {
  const route = { method: 'GET', url: '/nowhere' }
  const wrong = { type: 'no such type' }
  assert.throws(() => compileSchema({ ...route, httpPart: 'body', schema: wrong })({}))
  assert.throws(() => writeSomething(compileReply({ ...route, httpStatus: '200', schema: wrong })))
})

/** A reply of nothing lacks what is required, which is not the declaration's fault. */
function writeSomething(write: (reply: unknown) => string): void {
  try {
    write({})
  } catch (error) {
    if (
      !/is required!|cannot be converted|does not match schema|not valid/i.test(
        (error as Error).message,
      )
    )
      throw error
  }
}

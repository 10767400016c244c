import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { api, Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

let web: TestWeb
let browser: Browser
before(async () => {
  web = await testWeb({ sample: true })
  browser = new Browser(web.app)
})
after(() => web.close())

describe('what customers looked for in vain', () => {
  test('is kept once a name, counted, and listed for administrators', async () => {
    for (const name of ['Wunderol Forte', '  wunderol   FORTE ', 'Seltenix'])
      assert.equal((await browser.send(api.requestMedicine, { body: { name } })).statusCode, 201)
    const administrator = await new Browser(web.app).signIn(mobileOf.administrator)
    const first = (
      await administrator.send(api.listMedicineRequests, { query: { limit: 1 } })
    ).json()
    assert.deepEqual([first.items[0].name, first.items[0].asked], ['Wunderol Forte', 2])
    const second = (
      await administrator.send(api.listMedicineRequests, {
        query: { limit: 1, cursor: first.next },
      })
    ).json()
    assert.deepEqual([second.items[0].name, second.next], ['Seltenix', null])
  })

  test('holds no telephone number and no nothing', async () => {
    for (const name of ['98260 12345', 'call 9826012345', 'a@b.in', '   ', '💊'])
      assert.equal(
        (await browser.send(api.requestMedicine, { body: { name } })).statusCode,
        422,
        name,
      )
  })

  test('is limited to ten an hour from one address', async () => {
    const codes: number[] = []
    for (let i = 0; i < 12; i++)
      codes.push(
        (
          await browser.send(api.requestMedicine, {
            body: { name: `Name ${randomUUID().slice(9, 13)} x` },
          })
        ).statusCode,
      )
    assert.equal(codes.at(-1), 429)
  })
})

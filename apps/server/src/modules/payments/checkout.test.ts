import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, type OrderPayment, urlOf } from '@janta/contracts'
import { type PayBed, payBed } from '#test/payments-for-tests'
import { Browser, publicUrl } from '#test/web-for-tests'

let bed: PayBed
let browser: Browser
let personId: string
before(async () => {
  bed = await payBed()
  browser = await new Browser(bed.web.app).signIn('9000000071')
  personId = (await browser.send(api.getMe)).json().person.id
})
after(() => bed.close())

/** What a browser does with the page it got: posts its one form, fields and all. */
function formIn(html: string): { action: string; fields: Record<string, string> } {
  const text = (value: string) =>
    value.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
  const action = /<form[^>]*action="([^"]*)"/.exec(html)?.[1]
  assert(action, 'the page has no form')
  const inputs = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
  return {
    action: text(action),
    fields: Object.fromEntries(
      inputs.map(([, name, value]) => [text(name ?? ''), text(value ?? '')]),
    ),
  }
}
const redirect = (orderId: string, cookie: string, language = 'en') =>
  bed.web.app.inject({
    method: 'POST',
    url: `/api/v1/orders/${orderId}/payment/redirect`,
    headers: {
      origin: publicUrl,
      'content-type': 'application/x-www-form-urlencoded',
      ...(cookie && { cookie }),
    },
    payload: `language=${language}`,
  })
const cookieOf = async (mobile: string) => {
  const asked = (await browser.send(api.requestSignInCode, { body: { mobile } })).json()
  const answer = await bed.web.app.inject({
    method: 'POST',
    url: urlOf(api.createSession, {}, ''),
    payload: { codeId: asked.id, code: asked.localCode },
  })
  return answer.cookies.map(one => `${one.name}=${one.value}`).join('; ')
}

test('with scripts: begin, pay, confirm, and see it paid', async () => {
  const { orderId } = await bed.unpaid({ personId, amountPaise: 12_345 })
  const begun = await browser.send(api.beginPayment, { params: { id: orderId } })
  assert.equal(begun.statusCode, 201, begun.body)
  const { gatewayOrderId, amountPaise, scriptUrl } = begun.json()
  assert.equal(amountPaise, 12_345)
  assert.equal((await fetch(scriptUrl)).status, 200)
  const { payment, signature } = bed.gateway.bank.act(gatewayOrderId, 'approve')
  const forged = await browser.send(api.confirmPayment, {
    params: { id: orderId },
    body: { paymentId: payment.id, signature: 'e'.repeat(64) },
  })
  assert.deepEqual([forged.statusCode, forged.json().code], [422, 'payment_not_verified'])
  const confirmed = await browser.send(api.confirmPayment, {
    params: { id: orderId },
    body: { paymentId: payment.id, signature },
  })
  const shown: OrderPayment = confirmed.json()
  assert.deepEqual(
    [confirmed.statusCode, shown.state, shown.capturedPaise, shown.mayPay],
    [201, 'captured', 12_345, false],
  )
})

test('without scripts: one form leads to the bank and another back, paid', async () => {
  // Another number: the same one is sent its next code only after a while.
  const cookie = await cookieOf('9000000073')
  const me = await bed.web.app.inject({ url: urlOf(api.getMe, {}, ''), headers: { cookie } })
  const { orderId } = await bed.unpaid({ personId: me.json().person.id })
  const page = await redirect(orderId, cookie, 'hi')
  assert.equal(page.statusCode, 200, page.body)
  assert.match(page.body, /<html lang="hi">/)
  assert.match(page.body, /₹450\.50/)
  const origin = new URL(bed.gateway.url).origin
  assert.ok(String(page.headers['content-security-policy']).includes(`form-action ${origin};`))
  const toBank = formIn(page.body)
  const bank = await fetch(toBank.action, {
    method: 'POST',
    body: new URLSearchParams(toBank.fields),
  })
  const atBank = formIn(await bank.text())
  const answered = await fetch(new URL(atBank.action, origin), {
    method: 'POST',
    body: new URLSearchParams({ ...atBank.fields, act: 'approve' }),
  })
  const back = formIn(await answered.text())
  const returned = await bed.web.app.inject({
    method: 'POST',
    url: new URL(back.action).pathname,
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(back.fields).toString(),
  })
  assert.equal(returned.headers.location, `${publicUrl}/orders/${orderId}`)
  const shown = await bed.web.app.inject({
    url: urlOf(api.getPayment, { params: { id: orderId } }, ''),
    headers: { cookie },
  })
  assert.equal(shown.json().state, 'captured')
  const again = await redirect(orderId, cookie)
  assert.equal(
    again.headers.location,
    `${publicUrl}/orders/${orderId}?payment=payment_state_forbids`,
  )
})

test('a stranger, and nobody, are sent back without a word about the order', async () => {
  const { orderId } = await bed.unpaid()
  const before = bed.gateway.ledger.orders.length
  const stranger = await redirect(orderId, await cookieOf('9000000072'))
  assert.equal(stranger.headers.location, `${publicUrl}/orders/${orderId}?payment=not_found`)
  const nobody = await redirect(orderId, '')
  assert.equal(nobody.headers.location, `${publicUrl}/orders/${orderId}?payment=sign_in_needed`)
  assert.equal(bed.gateway.ledger.orders.length, before, 'the gateway heard of it')
})

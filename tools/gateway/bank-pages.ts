import { createReadStream } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { bankActs, readAct } from './bank.ts'
import type { ApiOptions } from './api.ts'
import { checkoutScript } from './checkout-script.ts'
import { bankPage, checkoutPage, returnPage } from './html.ts'
import { reportOf } from './report.ts'
import { badRequest } from './shapes.ts'
import { webhookModes, type Webhooks } from './webhooks.ts'

type Form = Record<string, string | undefined>

/** The product's own letters: a machine without Hindi letters would show boxes. */
const hind = new URL('../../packages/ui/src/fonts/hind-400.woff2', import.meta.url)

/** The pages a person sees: where a customer pays, and where somebody plays the bank. */
export function bankPages(app: FastifyInstance, parts: ApiOptions & { webhooks: Webhooks }): void {
  const { ledger, bank, webhooks, faults } = parts
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  app.get('/health', async () => ({ status: 'ok' }))
  app.get('/hind.woff2', async (_request, reply) =>
    reply.type('font/woff2').send(createReadStream(hind)),
  )
  app.get('/v1/checkout.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(checkoutScript),
  )
  app.post<{ Body: Form }>('/v1/checkout/embedded', async ({ body }, reply) => {
    const order = ledger.order(body['order_id'] ?? '')
    if (body['key_id'] !== parts.keyId) throw badRequest('The key is not known.')
    // The page shows the order's own amount: what the form says is only compared.
    if (Number(body['amount']) !== order.amount) {
      throw badRequest('The amount is different from your order amount.')
    }
    return reply.type('text/html; charset=utf-8').send(checkoutPage(order, body))
  })
  app.post<{ Params: { id: string }; Body: Form }>(
    '/bank/orders/:id',
    async ({ params, body }, reply) => {
      if (body['act'] === 'close') return reply.redirect(backOf(body['cancel_url']), 303)
      const { payment, signature } = bank.act(params.id, readAct(body['act']))
      const back = {
        razorpay_payment_id: payment.id,
        razorpay_order_id: payment.order_id,
        ...(signature && { razorpay_signature: signature }),
      }
      return reply.type('text/html; charset=utf-8').send(returnPage(payment, body, back))
    },
  )
  app.get('/', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(bankPage({ ledger, webhooks, bank, acts: bankActs })),
  )
  app.post<{ Body: Form }>('/bank/switches', async ({ body }, reply) => {
    const mode = webhookModes.find(one => one === body['webhooks'])
    if (mode) webhooks.mode = mode
    if (body['enable'] === 'yes') webhooks.enable()
    if (body['refunds'] === 'failed' || body['refunds'] === 'processed') {
      bank.refundOutcome = body['refunds']
    }
    const fault = (['before', 'after', 'hang'] as const).find(one => one === body['fault'])
    if (fault) faults.plan('any', fault)
    return reply.redirect('/', 303)
  })
  app.get('/report.csv', async (_request, reply) =>
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="settlement.csv"')
      .send(reportOf(ledger)),
  )
}

function backOf(url: string | undefined): string {
  if (!url || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw badRequest('The cancel_url is missing.')
  }
  return url
}

import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Database } from '#kernel/database'
import { isId } from '#kernel/id'
import type { Surroundings } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { noPayment } from './begin-payment.ts'
import { confirmPayment } from './confirm-payment.ts'
import type { Gateway } from './gateway.ts'
import { findIntent } from './intent-row.ts'
import { receiveWebhook } from './receive-webhook.ts'
import { present, returnPath } from './shop-routes.ts'

const webhookBytesMax = 64 * 1024
const formBytesMax = 4 * 1024

/**
 * Mounts what the gateway itself calls: its webhook, and the form it sends the customer's browser back with. Neither
 * is an endpoint of our API: their shapes are the gateway's, and a signature stands where elsewhere a session does.
 */
export function gatewayRoutes(
  app: FastifyInstance,
  { config, database }: Surroundings,
  gateway: Gateway | undefined,
): void {
  void app.register(async scope => {
    // The signature is over the bytes as they came: nothing may read them first.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: webhookBytesMax },
      (_request, body, done) => done(null, body),
    )
    scope.post('/api/v1/payments/webhook', { config: { isSigned: true } }, async request => {
      const { keys } = present(gateway)
      await receiveWebhook(database, keys, {
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        signature: headerOf(request, 'x-razorpay-signature') ?? '',
        eventId: headerOf(request, 'x-razorpay-event-id'),
      })
      return { status: 'ok' }
    })
  })
  void app.register(async scope => {
    readForms(scope)
    scope.post<{ Params: { id: string } }>(
      returnPath(':id'),
      { config: { isSigned: true } },
      async (request, response) => {
        const back = await takeReturn(database, gateway, request.params.id, request.body)
        // See other: the browser goes on by GET, and a reload of that page repeats nothing.
        return response.redirect(`${config.publicUrl}${back}`, 303)
      },
    )
  })
}

/** A browser without scripts sends a form; ours, and the one the gateway sends it back with. */
export function readForms(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: formBytesMax },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
}

/** Where the customer goes on: her order's own page, which says how it stands, whatever the form held. */
async function takeReturn(
  database: Database,
  gateway: Gateway | undefined,
  intentId: string,
  form: unknown,
): Promise<string> {
  const intent = isId(intentId) ? await findIntent(database.db, intentId) : undefined
  if (!intent) throw noPayment()
  const page = `/orders/${intent.orderId}`
  const { razorpay_payment_id: paymentId, razorpay_signature: signature } = (form ?? {}) as Record<
    string,
    string | undefined
  >
  // A try that failed comes back without a signature.
  if (!paymentId || !signature) return `${page}?payment=not_made`
  try {
    await confirmPayment(database, present(gateway), intent, { paymentId, signature })
    return page
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return `${page}?payment=not_verified`
  }
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

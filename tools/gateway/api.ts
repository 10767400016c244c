import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Bank } from './bank.ts'
import type { Faults, Operation } from './faults.ts'
import type { Ledger } from './ledger.ts'
import { GatewayError } from './shapes.ts'

export interface ApiOptions {
  readonly ledger: Ledger
  readonly bank: Bank
  readonly faults: Faults
  readonly keyId: string
  readonly keySecret: string
}

type WithId = { Params: { id: string } }

/** The part of the gateway's API that shops call with their key. */
export function gatewayApi(app: FastifyInstance, options: ApiOptions): void {
  const { ledger, bank, faults } = options
  const serve = <T>(operation: Operation, work: () => T) => faults.around(operation, work)
  app.addHook('onRequest', async request => assertKey(request, options))
  app.post('/orders', ({ body }) => serve('create_order', () => ledger.createOrder(body)))
  app.get<{ Querystring: { receipt?: string } }>('/orders', ({ query }) =>
    serve('find_order', () =>
      collection(ledger.orders.filter(one => !query.receipt || one.receipt === query.receipt)),
    ),
  )
  app.get<WithId>('/orders/:id', ({ params }) => serve('find_order', () => ledger.order(params.id)))
  app.get<WithId>('/orders/:id/payments', ({ params }) =>
    serve('fetch_payments', () => {
      const { id } = ledger.order(params.id)
      return collection(ledger.payments.filter(one => one.order_id === id))
    }),
  )
  app.get<WithId>('/payments/:id', ({ params }) =>
    serve('fetch_payment', () => ledger.payment(params.id)),
  )
  app.post<WithId>('/payments/:id/capture', ({ params, body }) =>
    serve('capture', () => bank.capture(params.id, body)),
  )
  app.post<WithId>('/payments/:id/refund', ({ params, body, headers }) =>
    serve('refund', () => {
      const key = headers['x-refund-idempotency']
      return bank.refund(params.id, body, typeof key === 'string' ? key : undefined)
    }),
  )
  app.get<WithId>('/payments/:id/refunds', ({ params }) =>
    serve('fetch_refunds', () => {
      const { id } = ledger.payment(params.id)
      return collection(ledger.refunds.filter(one => one.payment_id === id))
    }),
  )
}

/** Answers every no in the gateway's own shape. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, _request, reply) => {
    const known = error instanceof GatewayError
    const status = known ? error.status : ((error as { statusCode?: number }).statusCode ?? 500)
    const code = known ? error.code : 'BAD_REQUEST_ERROR'
    void reply.code(status).send({ error: { code, description: (error as Error).message } })
  })
}

function collection<T>(items: readonly T[]) {
  return { entity: 'collection', count: items.length, items }
}

function assertKey({ headers }: FastifyRequest, { keyId, keySecret }: ApiOptions): void {
  const expected = Buffer.from(`Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}`)
  const given = Buffer.from(headers.authorization ?? '')
  if (given.length === expected.length && timingSafeEqual(given, expected)) return
  throw new GatewayError(401, 'BAD_REQUEST_ERROR', 'The api key provided is invalid')
}

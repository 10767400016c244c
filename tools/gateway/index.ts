import Fastify, { type FastifyInstance } from 'fastify'
import { answerErrors, gatewayApi } from './api.ts'
import { Bank } from './bank.ts'
import { bankPages } from './bank-pages.ts'
import { Faults } from './faults.ts'
import { Ledger } from './ledger.ts'
import { Webhooks } from './webhooks.ts'

export interface LocalGatewayOptions {
  readonly port: number
  readonly keyId: string
  readonly keySecret: string
  readonly webhookSecret: string
  /** Where webhooks go; absent: they are kept for a test to send. */
  readonly webhookUrl?: string | undefined
  /** Keeps the books over a restart. */
  readonly file?: string | undefined
  readonly delayMs?: number
  readonly refundMs?: number | undefined
  readonly retryMs?: readonly number[]
}

export interface LocalGateway {
  /** With the version, as the real one's: `http://127.0.0.1:<port>/v1`. */
  readonly url: string
  readonly ledger: Ledger
  readonly bank: Bank
  readonly webhooks: Webhooks
  readonly faults: Faults
  stop(): Promise<void>
}

const usualDelayMs = 20_000

/**
 * A payment gateway on this machine: the same API as the real one and as strict, with a page on which a person plays
 * the bank, and every fault a gateway can have. It moves no money.
 */
export async function startLocalGateway(options: LocalGatewayOptions): Promise<LocalGateway> {
  const { keyId, keySecret } = options
  const ledger = new Ledger(options.file)
  const webhooks = new Webhooks({
    url: options.webhookUrl,
    secret: options.webhookSecret,
    ...(options.retryMs && { retryMs: options.retryMs }),
  })
  const faults = new Faults()
  const bank = new Bank(ledger, webhooks, keySecret, {
    delayMs: options.delayMs ?? usualDelayMs,
    refundMs: options.refundMs,
  })
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 })
  answerErrors(app)
  const parts = { ledger, bank, faults, webhooks, keyId, keySecret }
  await app.register(async scope => gatewayApi(scope, parts), { prefix: '/v1' })
  await app.register(async scope => bankPages(scope, parts))
  await app.listen({ host: '127.0.0.1', port: options.port })
  return {
    url: `http://127.0.0.1:${portOf(app)}/v1`,
    ledger,
    bank,
    webhooks,
    faults,
    async stop() {
      bank.stop()
      faults.stop()
      await webhooks.stop()
      await app.close()
    },
  }
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : 0
}

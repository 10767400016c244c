import { randomUUID } from 'node:crypto'
import { type LocalGateway, startLocalGateway } from '@janta/tools/gateway/index'
import type { Webhook } from '@janta/tools/gateway/webhooks'
import type { LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { type Caller, systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Event } from '#kernel/events'
import type { Module, Surroundings } from '#kernel/module'
import { inTransaction } from '#kernel/transaction'
import { openIntent, payments } from '#modules/payments'
import { personCaller } from './shelf-for-tests.ts'
import { type TestWeb, testWeb } from './web-for-tests.ts'

export const keys = {
  keyId: 'key_local_for_tests',
  keySecret: 'the secret of the key of the tests',
  webhookSecret: 'another secret, of the webhooks',
}
const hour = 3_600_000

/** An order that waits for its money. */
export interface Unpaid {
  readonly orderId: string
  readonly intentId: string
  readonly caller: Caller
  readonly amountPaise: number
}

/** The pharmacy with a local gateway beside it, whose webhooks are kept until a test sends them. */
export interface PayBed {
  readonly web: TestWeb
  readonly surroundings: Surroundings
  readonly database: Database
  readonly gateway: LocalGateway
  readonly module: Module
  unpaid(options?: { amountPaise?: number; expiresAt?: Date; personId?: string }): Promise<Unpaid>
  /** Sends one webhook as the gateway would; another id or body where the test forges it. */
  deliver(webhook: Webhook, forged?: Partial<Webhook>): Promise<LightMyRequestResponse>
  /** Sends everything the gateway wants to say since the last time. */
  deliverAll(): Promise<void>
  /** Does every job that waits, in the order the events happened, until none is left. */
  work(): Promise<void>
  /** What was announced about an order, oldest first. */
  news(orderId: string): Promise<{ name: string; payload: Record<string, unknown> }[]>
  close(): Promise<void>
}

export async function payBed(): Promise<PayBed> {
  const gateway = await startLocalGateway({ port: 0, ...keys })
  gateway.webhooks.mode = 'held'
  const web = await testWeb({
    env: {
      GATEWAY_URL: gateway.url,
      GATEWAY_KEY_ID: keys.keyId,
      GATEWAY_KEY_SECRET: keys.keySecret,
      GATEWAY_WEBHOOK_SECRET: keys.webhookSecret,
    },
  })
  const { surroundings } = web
  const { database } = surroundings
  const module = payments(surroundings)
  const done = new Set<string>()
  let said = 0
  const deliver: PayBed['deliver'] = (webhook, forged = {}) => {
    const { id, body, signature } = { ...webhook, ...forged }
    return web.app.inject({
      method: 'POST',
      url: '/api/v1/payments/webhook',
      headers: {
        'content-type': 'application/json',
        'x-razorpay-signature': signature,
        'x-razorpay-event-id': id,
      },
      payload: body,
    })
  }
  return {
    web,
    surroundings,
    database,
    gateway,
    module,
    deliver,
    unpaid: options => openUnpaid(database, options),
    async deliverAll() {
      for (const webhook of gateway.webhooks.sent.slice(said)) await deliver(webhook)
      said = gateway.webhooks.sent.length
    },
    work: () => workOff(database, module, done),
    news: orderId => findNews(database, orderId),
    async close() {
      await web.close()
      await gateway.stop()
    },
  }
}

async function openUnpaid(
  database: Database,
  options: { amountPaise?: number; expiresAt?: Date; personId?: string } = {},
): Promise<Unpaid> {
  const { amountPaise = 45_050, expiresAt = new Date(Date.now() + 2 * hour) } = options
  const caller = personCaller(options.personId)
  const intent = { orderId: randomUUID(), personId: caller.personId!, amountPaise, expiresAt }
  const { intentId } = await inTransaction(database, caller, tx => openIntent(tx, caller, intent))
  return { orderId: intent.orderId, intentId, caller, amountPaise }
}

const roundsMax = 20

async function workOff(database: Database, module: Module, done: Set<string>): Promise<void> {
  for (let round = 0; round < roundsMax; round++) {
    const { rows } = await sql<Event>`
      select id, name, payload from kernel.event where name like 'payments.%' order by id`.execute(
      database.db,
    )
    const waiting = rows.filter(event => !done.has(event.id))
    if (waiting.length === 0) return
    for (const event of waiting) {
      for (const one of module.subscribers ?? []) {
        if (one.event === event.name) await one.run(database, event)
      }
      done.add(event.id)
    }
  }
  throw new Error('the jobs make each other without end')
}

async function findNews(database: Database, orderId: string) {
  const { rows } = await sql<{ name: string; payload: Record<string, unknown> }>`
    select name, payload from kernel.event
    where name in ('payments.captured', 'payments.failed', 'payments.refund_settled')
      and payload ->> 'orderId' = ${orderId} order by id`.execute(database.db)
  return rows
}

/** The process that was killed: whatever it still wanted to do is not done. */
export class Killed extends Error {}

/**
 * The same database, but the process dies right after the `at`-th commit or call to the gateway. Answers also whether
 * it did, because a way with fewer steps than `at` comes to its end.
 */
export function dyingAfter(database: Database, at: number) {
  let steps = 0
  const step = () => {
    steps++
    if (steps === at) throw new Killed(`after step ${at}`)
    if (steps > at) throw new Killed('dead already')
  }
  const db = new Proxy(database.db, {
    get(target, name) {
      if (name === 'transaction') {
        return () => ({
          execute: async (work: never) => {
            const result = await target.transaction().execute(work)
            step()
            return result
          },
        })
      }
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return {
    database: { ...database, db },
    /** A gateway's calls are steps, too: what it did is done, and nobody hears the answer. */
    watch<T extends object>(gateway: T): T {
      return new Proxy(gateway, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target)
          if (typeof value !== 'function') return value
          return async (...all: unknown[]) => {
            const result: unknown = await value.apply(target, all)
            step()
            return result
          }
        },
      })
    },
    hasDied: () => steps >= at,
  }
}

export const system = systemCaller('test')

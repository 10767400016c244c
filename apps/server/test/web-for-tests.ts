import { globSync, readFileSync } from 'node:fs'
import { api, apiPrefix, type Endpoint, type Role, urlOf } from '@janta/contracts'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { openCache } from '#kernel/cache'
import { loadConfig } from '#kernel/config'
import { openFiles } from '#kernel/files'
import { openLog } from '#kernel/log'
import type { Surroundings } from '#kernel/module'
import { openRedis } from '#kernel/redis'
import { openStorage } from '#kernel/storage'
import { type Contents, type TestDatabase, testDatabase } from '#kernel/testing'
import { loadSampleBilling } from '#modules/billing'
import { loadSampleCatalogue } from '#modules/catalogue'
import { loadPinCodes, loadSampleDelivery } from '#modules/delivery'
import { loadSamplePeople, loadSampleRegistration } from '#modules/identity'
import { defaultStore, loadSampleStock } from '#modules/stock'
import { openWeb } from '../src/web.ts'

export const publicUrl = 'http://localhost:4000'

/** The whole API on a database of its own, with the sample pharmacy in it when asked for. */
export interface TestWeb {
  readonly app: FastifyInstance
  readonly own: TestDatabase
  readonly surroundings: Surroundings
  /** Everything the server wrote to its log. */
  readonly logged: () => string
  close(): Promise<void>
}

const serverFolder = new URL('../', import.meta.url)

/** The sample pharmacy takes seconds to load, so it is loaded once into a template that test files clone. */
export const samplePharmacy: Contents = {
  key: globSync('{sample/*,src/modules/*/load-*.ts}', { cwd: serverFolder })
    .sort()
    .map(file => readFileSync(new URL(file, serverFolder), 'utf8'))
    .join('\n'),
  async fill(database) {
    await loadPinCodes(database)
    await loadSampleDelivery(database)
    await loadSampleStock(database, await loadSampleCatalogue(database))
    await loadSampleBilling(database)
    await loadSamplePeople(database)
    await loadSampleRegistration(database, (await defaultStore(database.db)).id)
  },
}

export async function testWeb(
  options: { sample?: boolean; env?: Record<string, string> } = {},
): Promise<TestWeb> {
  const own = await testDatabase(options.sample ? { contents: samplePharmacy } : {})
  return webOn(own, options.env)
}

/** The whole API on a database that is there already; closing it closes that too. */
export async function webOn(own: TestDatabase, env: Record<string, string> = {}): Promise<TestWeb> {
  const lines: string[] = []
  const log = openLog({ level: 'info', service: 'test' }, { write: line => void lines.push(line) })
  const config = loadConfig({
    JANTA_MODE: 'test',
    PUBLIC_URL: publicUrl,
    DATABASE_URL: own.appUrl,
    S3_BUCKET: 'janta-test',
    S3_ENDPOINT: 'http://127.0.0.1:9',
    S3_ACCESS_KEY_ID: 'test',
    S3_SECRET_ACCESS_KEY: 'test-secret',
    SECRET_KEY: 'the secret key of the tests, long enough',
    ...env,
  })
  const { database } = own
  const storage = openStorage(config.storage)
  const files = openFiles(config.storage)
  const shared = config.redisUrl ? openRedis(config.redisUrl, () => undefined) : undefined
  const cache = openCache({ release: 'test', shared })
  const surroundings = { config, database, storage, files, cache, shared }
  const app = await openWeb(surroundings, log)
  return {
    app,
    own,
    surroundings,
    logged: () => lines.join(''),
    async close() {
      await app.close()
      await cache.close()
      await own.close()
    },
  }
}

type AnyRequest = {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  idempotencyKey?: string
}

/** One browser: it keeps the cookies it is given and sends them back. */
export class Browser {
  readonly #app: FastifyInstance
  readonly #cookies = new Map<string, string>()
  constructor(app: FastifyInstance) {
    this.#app = app
  }

  async send(endpoint: Endpoint, request: AnyRequest = {}): Promise<LightMyRequestResponse> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await this.#app.inject({
      method: endpoint.method,
      url: urlOf(endpoint, request, ''),
      headers: {
        ...(cookie && { cookie }),
        ...(request.idempotencyKey && { 'idempotency-key': request.idempotencyKey }),
      },
      ...(request.body === undefined ? {} : { payload: request.body as object }),
    })
    for (const { name, value } of answer.cookies) {
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return answer
  }

  async signIn(mobile: string): Promise<this> {
    const asked = await this.send(api.requestSignInCode, { body: { mobile } })
    const { id, localCode } = asked.json()
    const answer = await this.send(api.createSession, { body: { codeId: id, code: localCode } })
    if (answer.statusCode !== 201) throw new Error(`sign-in answered ${answer.statusCode}`)
    return this
  }
}

/** The sample logins by role, as `npm start` prints them. */
export const mobileOf: Record<Role | 'customer', string> = {
  customer: '9000000001',
  pharmacist: '9000000002',
  stock_keeper: '9000000003',
  administrator: '9000000004',
}

export { api, apiPrefix }

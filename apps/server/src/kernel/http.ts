import swagger from '@fastify/swagger'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { newId } from '#kernel/id'
import { inside, isTrustedBehindCdn } from '#kernel/proxies'
import { measureRequests } from '#kernel/http-figures'
import type { Log } from '#kernel/log'
import { tagPublicAnswers } from '#kernel/etag'
import { compileReply, compileSchema } from '#kernel/validation'
import { answerNotFound, answerProblem } from '#kernel/problem'
import { Refusal } from '#kernel/refusal'
import type { FindCaller, WriteAudit } from '#kernel/serve'

export interface HttpOptions {
  log: Log
  publicUrl: string
  counterUrl?: string | undefined
  /** Behind CloudFront each request comes over two proxies, the second of which has a public address. */
  isBehindCdn?: boolean
  findCaller: FindCaller
  writeAudit: WriteAudit
  version: string
}

const bodyMaxBytes = 256 * 1024
const requestTimeoutMs = 20_000
// Longer than the load balancer's 60 s, or it would write to a socket we just closed and answer 502.
const keepAliveTimeoutMs = 65_000
const inFlightMax = 200
const shedRetrySeconds = 2

// Hooks that wait for nothing take a callback: a promise for each cost every request a turn of the queue.

/** The HTTP server without its routes: request ids, refusals, security headers, cross-site guard, load limit. */
export async function openHttp(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    genReqId: () => newId(),
    requestIdHeader: false,
    bodyLimit: bodyMaxBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    forceCloseConnections: 'idle',
    // A customer is known by her own address; one she writes into the header herself comes before it.
    trustProxy: options.isBehindCdn ? isTrustedBehindCdn : inside,
    routerOptions: { maxParamLength: 200 },
  })
  app.setValidatorCompiler(compileSchema)
  app.setSerializerCompiler(compileReply)
  app.server.headersTimeout = keepAliveTimeoutMs + 1_000
  app.decorate('findCaller', options.findCaller)
  app.decorate('writeAudit', options.writeAudit)
  app.setErrorHandler(answerProblem)
  app.setNotFoundHandler(answerNotFound)
  measureRequests(app)
  guardOrigin(app, originsOf(options))
  limitInFlight(app)
  addHeaders(app)
  tagPublicAnswers(app)
  logRequests(app)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Janta Pharmacy',
        version: options.version,
        description:
          'Money in paise, quantities in whole packs or base units, days in Asia/Kolkata.',
      },
    },
  })
  return app
}

/** The hosts whose pages are ours: the shop's, and the counter's where it has one of its own. */
function originsOf({ publicUrl, counterUrl }: HttpOptions): ReadonlySet<string> {
  return new Set([publicUrl, counterUrl ?? publicUrl].map(url => new URL(url).origin))
}

/** A browser says where a writing request comes from; one from another site is refused before it is read. */
function guardOrigin(app: FastifyInstance, own: ReadonlySet<string>): void {
  app.addHook('onRequest', (request, _response, done) => {
    if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS')
      return done()
    // Whoever sends it proves himself by a signature, and no cookie of ours comes along (SameSite=Lax).
    if (request.routeOptions.config.isSigned) return done()
    const { origin } = request.headers
    const site = request.headers['sec-fetch-site']
    const isForeign = (origin !== undefined && !own.has(origin)) || site === 'cross-site'
    if (isForeign) {
      throw new Refusal(
        'cross_site_request',
        'This request came from another site. Open the pharmacy and try again.',
      )
    }
    done()
  })
}

/** More than this at once would make everybody wait: the rest are told to come back, quickly and cheaply. */
function limitInFlight(app: FastifyInstance): void {
  let inFlight = 0
  app.addHook('onRequest', (request, response, done) => {
    if (request.url.startsWith('/health/')) return done()
    inFlight++
    response.raw.once('close', () => {
      inFlight--
    })
    if (inFlight > inFlightMax) {
      throw new Refusal('unavailable', 'The pharmacy is very busy. Try again in a moment.', {
        retryAfterSeconds: shedRetrySeconds,
      })
    }
    done()
  })
}

function addHeaders(app: FastifyInstance): void {
  app.addHook('onSend', (request, response, payload, done) => {
    response.header('x-request-id', request.id)
    response.header('x-content-type-options', 'nosniff')
    response.header('referrer-policy', 'same-origin')
    if (!response.hasHeader('content-security-policy')) {
      response.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    }
    response.header('strict-transport-security', 'max-age=31536000')
    // What may be one person's is never kept by a cache (ASVS 14.3.2); public answers say otherwise themselves.
    if (!response.hasHeader('cache-control')) response.header('cache-control', 'no-store')
    done(null, payload)
  })
}

function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, response, done) => {
    // A health check every few seconds would bury what people did.
    if (request.url.startsWith('/health/') && response.statusCode === 200) return done()
    request.log.info(
      {
        method: request.method,
        // The pattern, never the address: an address may carry what somebody searched for.
        route: request.routeOptions.url ?? 'unknown',
        status: response.statusCode,
        durationMs: Math.round(response.elapsedTime),
      },
      'answered',
    )
    done()
  })
}

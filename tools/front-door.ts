import { existsSync } from 'node:fs'
import path from 'node:path'
import httpProxy from '@fastify/http-proxy'
import type { FastifyHttpProxyOptions } from '@fastify/http-proxy'
import fastifyStatic from '@fastify/static'
import Fastify from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

export interface FrontDoorOptions {
  apiUrl: string
  shopUrl: string
  /** The counter's static build. */
  counterDir: string
}

const retryAfterSeconds = 2
const upstreamMs = 60_000

/**
 * One address for the browser, routed as the production load balancer and CDN do: `/api` to the
 * server, `/counter` from files, everything else to the shop. Bodies are streamed through untouched.
 */
export function createFrontDoor(options: FrontDoorOptions): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 2_000 } })
  void app.register(httpProxy, {
    upstream: options.apiUrl,
    prefix: '/api',
    rewritePrefix: '/api',
    ...proxying('The server'),
  })
  // Behind a CDN the bucket itself answers these.
  void app.register(httpProxy, {
    upstream: options.apiUrl,
    prefix: '/medicines/pictures',
    rewritePrefix: '/medicines/pictures',
    ...proxying('The server'),
  })
  void app.register(counter(options.counterDir))
  void app.register(httpProxy, { upstream: options.shopUrl, ...proxying('The shop') })
  return app
}

function proxying(name: string): Omit<FastifyHttpProxyOptions, 'upstream'> {
  return {
    undici: { connections: 64, headersTimeout: upstreamMs, bodyTimeout: upstreamMs },
    internalRewriteLocationHeader: false,
    replyOptions: {
      // As a load balancer does: the upstream sees the address the browser used.
      rewriteRequestHeaders: (request, headers) => ({
        ...headers,
        host: request.host,
        'x-forwarded-host': request.host,
        'x-forwarded-proto': 'http',
        'x-forwarded-for': request.ip,
      }),
      onError: reply => void sendNotReady(reply as FastifyReply, name),
    },
  }
}

function counter(root: string) {
  return async (app: FastifyInstance) => {
    app.get('/counter', (_request, reply) => reply.redirect('/counter/', 308))
    if (!existsSync(path.join(root, 'index.html'))) {
      app.get('/counter/*', (_request, reply) => sendNotReady(reply, 'The counter'))
      return
    }
    await app.register(fastifyStatic, {
      root,
      prefix: '/counter/',
      preCompressed: true,
      cacheControl: false,
      setHeaders: setFileHeaders,
    })
    app.setNotFoundHandler(async (request: FastifyRequest, reply: FastifyReply) => {
      const wantsPage = request.method === 'GET' && path.extname(pathOf(request.url)) === ''
      // A screen's address is known to the app, not to the file server; a missing asset is missing.
      if (wantsPage) return reply.sendFile('index.html')
      return reply.code(404).type('text/plain').send('There is no such file.')
    })
  }
}

function setFileHeaders(reply: FastifyReply, file: string): void {
  const isHashed = file.includes(`${path.sep}immutable${path.sep}`)
  void reply.headers({
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
  })
}

function sendNotReady(reply: FastifyReply, name: string): FastifyReply {
  const sentence = `${name} is starting or being restarted. Try again in a few seconds.`
  void reply.code(503).header('retry-after', String(retryAfterSeconds))
  void reply.header('cache-control', 'no-store')
  const wantsPage = reply.request.headers.accept?.includes('text/html') === true
  if (!wantsPage) {
    const problem = { type: 'about:blank', title: sentence, status: 503, code: 'unavailable' }
    return reply.type('application/problem+json').send(JSON.stringify(problem))
  }
  return reply
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${retryAfterSeconds}"><title>One moment</title><h1>One moment</h1><p>${sentence}</p>`,
    )
}

function pathOf(url: string): string {
  return new URL(url, 'http://localhost').pathname
}

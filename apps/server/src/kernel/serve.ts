import { apiPrefix, type Endpoint, mayDo, type ReplyOf, type RequestOf } from '@janta/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '#kernel/caller'
import { isId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'

/** What a handler may do to the answer besides returning it. */
export interface Answer {
  setCookie(name: string, value: string, maxAgeSeconds: number): void
  clearCookie(name: string): void
  /** For public pages the CDN may hold: seconds fresh, then served stale while it asks again. */
  cache(freshSeconds: number, staleSeconds: number): void
}

export type Call<E extends Endpoint> = RequestOf<E> & { caller: Caller; answer: Answer }

/** Finds who acts from the request's cookies; the identity module provides it at start. */
export type FindCaller = (request: FastifyRequest) => Promise<Omit<Caller, 'audit'>>

/** Writes one row of the audit trail in the act's own transaction; the audit module provides it at start. */
export type WriteAudit = (
  tx: Tx,
  act: { action: string; actorId: string | null; requestId: string; objectId: string | null },
) => Promise<void>

declare module 'fastify' {
  interface FastifyInstance {
    findCaller: FindCaller
    writeAudit: WriteAudit
  }
  interface FastifyContextConfig {
    endpoint?: Endpoint
    /** The request is believed for its signature alone, so it may come from another site. */
    isSigned?: boolean
  }
}

/**
 * Mounts one declared endpoint. The handler receives exactly what the declaration promises, after the permission
 * and the idempotency key were checked, with a caller whose acts are audited as declared.
 */
export function serve<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  run: (call: Call<E>) => Promise<ReplyOf<E>>,
): void {
  const { method, path, summary, tag, status, params, query, body, reply } = endpoint
  app.route({
    method,
    url: `${apiPrefix}${path}`,
    config: { endpoint },
    schema: {
      summary,
      tags: [tag],
      ...(params && { params }),
      ...(query && { querystring: query }),
      ...(body && { body }),
      response: { [status]: reply },
    },
    handler: async (request, response) => {
      const found = await app.findCaller(request)
      permit(endpoint, found)
      const caller = { ...found, audit: auditOf(app, endpoint, found, request) }
      const call = {
        params: request.params,
        query: request.query,
        body: request.body,
        ...(endpoint.idempotent && { idempotencyKey: idempotencyKeyOf(request) }),
        caller,
        answer: answerOf(response),
      }
      const result = await run(call as unknown as Call<E>)
      response.status(status)
      return status === 204 ? response.send() : result
    },
  })
}

function permit(endpoint: Endpoint, caller: Omit<Caller, 'audit'>): void {
  if (endpoint.permission === 'public') return
  if (caller.personId === null) {
    throw new Refusal('sign_in_needed', 'Sign in with your mobile number to go on.')
  }
  if (endpoint.permission === 'signed_in') return
  if (!mayDo(caller.roles, endpoint.permission)) {
    throw new Refusal('not_allowed', 'Your role does not allow this. Ask an administrator.')
  }
}

function auditOf(
  app: FastifyInstance,
  endpoint: Endpoint,
  caller: Omit<Caller, 'audit'>,
  request: FastifyRequest,
): Caller['audit'] {
  const { audit } = endpoint
  if (audit === 'none') return null
  const named = (request.params as { id?: string } | undefined)?.id ?? null
  return (tx, objectId) =>
    app.writeAudit(tx, {
      action: audit,
      actorId: caller.personId,
      requestId: caller.requestId,
      objectId: objectId ?? named,
    })
}

function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || !isId(key)) {
    throw new Refusal(
      'idempotency_key_missing',
      'Send an Idempotency-Key header with a UUID, so that a repeat cannot act twice.',
    )
  }
  return key.toLowerCase()
}

function answerOf(response: FastifyReply): Answer {
  return {
    setCookie(name, value, maxAgeSeconds) {
      response.header('set-cookie', `${name}=${value}; ${cookieRules}; Max-Age=${maxAgeSeconds}`)
    },
    clearCookie(name) {
      response.header('set-cookie', `${name}=; ${cookieRules}; Max-Age=0`)
    },
    cache(freshSeconds, staleSeconds) {
      response.header(
        'cache-control',
        `public, max-age=${freshSeconds}, stale-while-revalidate=${staleSeconds}`,
      )
    },
  }
}

// The `__Host-` names demand Secure, Path=/ and no Domain; Lax keeps the session off cross-site posts.
const cookieRules = 'Path=/; HttpOnly; Secure; SameSite=Lax'

/** Reads one cookie of a request; the value is opaque text or null. */
export function cookieOf(request: FastifyRequest, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}

import { createHmac } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '#kernel/caller'
import { cookieOf } from '#kernel/serve'
import type { KeptSessions } from './kept-sessions.ts'
import { hashToken, isToken, sessionCookie } from './session-token.ts'

export const cartCookie = '__Host-janta-cart'
/** Who sends this request, from its cookies; a missing, ended or lapsed session is nobody, never an error. */
export async function findCaller(
  sessions: KeptSessions,
  request: FastifyRequest,
): Promise<Omit<Caller, 'audit'>> {
  const token = cookieOf(request, sessionCookie)
  const cart = cookieOf(request, cartCookie)
  const found = token && isToken(token) ? await sessions.find(hashToken(token)) : undefined
  return {
    personId: found?.personId ?? null,
    roles: found?.roles ?? [],
    requestId: request.id,
    address: request.ip,
    sessionToken: token && isToken(token) ? token : null,
    cartToken: cart && isToken(cart) ? cart : null,
  }
}

/** An HMAC of the network address, to count requests by without keeping the address. */
export function hashAddress(secretKey: string, address: string): Buffer {
  return createHmac('sha256', secretKey).update(`address:${address}`).digest()
}

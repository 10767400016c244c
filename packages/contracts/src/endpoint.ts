import type { Static, TSchema } from 'typebox'
import type { RefusalCode } from './refusals.ts'
import type { Permission } from './roles.ts'

/**
 * One HTTP endpoint, declared once: the server validates and guards with it, OpenAPI prints it, the client is
 * typed by it, and the authorization test tries it as nobody, as the wrong role and as the wrong owner.
 */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Under `/api/v1`; `:name` marks a parameter. */
  readonly path: `/${string}`
  readonly summary: string
  readonly tag: string
  readonly status: 200 | 201 | 204
  /** `public` also serves guests; `signed_in` any person; otherwise the named right (see roles.ts). */
  readonly permission: 'public' | 'signed_in' | Permission
  /** Whose things the endpoint touches: another owner's id must answer 404, as if it did not exist. */
  readonly ownership: 'none' | 'person' | 'cart_or_person'
  /** What the audit trail calls this act, or `none` for what changes nothing and reveals nobody's data. */
  readonly audit: 'none' | `${string}.${string}`
  /** True when the caller must send an `Idempotency-Key` (a UUID): the same key never acts twice. */
  readonly idempotent?: boolean
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly reply: TSchema
  readonly refusals: readonly RefusalCode[]
}

export function endpoint<const E extends Endpoint>(declaration: E): E {
  return declaration
}

type Part<E extends Endpoint, K extends 'params' | 'query' | 'body'> = E[K] extends TSchema
  ? { [P in K]: Static<E[K]> }
  : unknown

/** What a caller must send: exactly the parts the endpoint declares. */
export type RequestOf<E extends Endpoint> = Part<E, 'params'> &
  Part<E, 'query'> &
  Part<E, 'body'> &
  (E['idempotent'] extends true ? { idempotencyKey: string } : unknown)

export type ReplyOf<E extends Endpoint> = Static<E['reply']>

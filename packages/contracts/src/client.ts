import type { Endpoint, ReplyOf, RequestOf } from './endpoint.ts'

export const apiPrefix = '/api/v1'

export type Client<E extends Record<string, Endpoint>> = {
  [K in keyof E]: (request: RequestOf<E[K]>) => Promise<ReplyOf<E[K]>>
}

/** One field of a refused form, named as the body names it. */
export interface FieldProblem {
  readonly field: string
  readonly message: string
}

/** What a refusal's sentence fills in, so that another language can say it: counts, paise, a medicine's name. */
export type RefusalValues = Readonly<Record<string, number | string>>

/** The server's answer when it will not do what was asked: a stable code and a sentence for the person. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined
  readonly fields: readonly FieldProblem[]
  readonly retryAfterSeconds: number | undefined
  readonly values: RefusalValues
  constructor(status: number, body: ProblemBody, retryAfterSeconds?: number) {
    super(body.detail ?? 'The pharmacy could not answer. Try again.')
    this.status = status
    this.code = body.code ?? 'unknown'
    this.requestId = body.requestId
    this.fields = body.fields ?? []
    this.retryAfterSeconds = retryAfterSeconds
    this.values = body.values ?? {}
  }
}

export interface ProblemBody {
  code?: string
  detail?: string
  requestId?: string
  fields?: FieldProblem[]
  values?: RefusalValues
}

interface AnyRequest {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  idempotencyKey?: string
}

/**
 * A typed client made from the same declarations the server validates with.
 * `send` is `fetch` or one that adds cookies; a refusal throws `ApiProblem`, a broken network throws what `send` throws.
 */
export function client<E extends Record<string, Endpoint>>(
  endpoints: E,
  baseUrl: string,
  send: typeof fetch = fetch,
): Client<E> {
  const call = async (endpoint: Endpoint, request: AnyRequest) => {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (request.body !== undefined) headers['content-type'] = 'application/json'
    if (request.idempotencyKey) headers['idempotency-key'] = request.idempotencyKey
    const response = await send(urlOf(endpoint, request, baseUrl), {
      method: endpoint.method,
      headers,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    })
    if (response.ok) return response.status === 204 ? undefined : await response.json()
    throw await problemOf(response)
  }
  return Object.fromEntries(
    Object.entries(endpoints).map(([name, endpoint]) => [
      name,
      (request: AnyRequest) => call(endpoint, request),
    ]),
  ) as unknown as Client<E>
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  const body = isJson ? ((await response.json()) as ProblemBody) : {}
  return new ApiProblem(response.status, body, Number.isFinite(retryAfter) ? retryAfter : undefined)
}

/** The address of one call; parameters and query values are encoded. */
export function urlOf(
  endpoint: Endpoint,
  request: Pick<AnyRequest, 'params' | 'query'>,
  baseUrl: string,
) {
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(request.params?.[name])),
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) query.append(name, String(one))
    }
  }
  return `${baseUrl}${apiPrefix}${path}${query.size > 0 ? `?${query}` : ''}`
}

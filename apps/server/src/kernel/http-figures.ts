import type { FastifyInstance, FastifyRequest } from 'fastify'
import { metrics } from '#kernel/metrics'
import { hasJustWritten } from '#kernel/recent-writers'
import { inScope, newScope, type Scope } from '#kernel/scope'
import { endRequestSpan, startRequestSpan } from '#kernel/telemetry'

const duration = metrics.distribution({
  name: 'http.duration',
  unit: 'microseconds',
  meaning: 'From the head of a request to the end of its answer, by method and route pattern',
  labels: 'open',
})
const faults = metrics.counter({
  name: 'http.faults',
  unit: 'count',
  meaning: 'Answers of 500 and above, by method and route pattern',
  labels: 'open',
})
const refused = metrics.counter({
  name: 'http.refused',
  unit: 'count',
  meaning: 'Answers of 400 to 499, by method and route pattern',
  labels: 'open',
})
const waited = metrics.distribution({
  name: 'http.waited',
  unit: 'microseconds',
  meaning: 'What a request spent where; `own` is our processor and its queue',
  labels: ['own', 'pool', 'database', 'outbound'],
})

const scopeOf = new WeakMap<FastifyRequest, Scope>()

/** Rate, errors and duration by route pattern, where the time went, and a span when traced. Health checks are not counted. */
export function measureRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _response, done) => {
    if (request.url.startsWith('/health/')) return done()
    const { traceparent } = request.headers
    const span = startRequestSpan(
      request.method,
      typeof traceparent === 'string' ? traceparent : undefined,
    )
    const scope = newScope(span, hasJustWritten(request))
    scopeOf.set(request, scope)
    inScope(scope, done)
  })
  // Reading a body waits on the socket's own events, which forget whose request it is.
  app.addHook('preValidation', (request, _response, done) => {
    const scope = scopeOf.get(request)
    if (scope) inScope(scope, done)
    else done()
  })
  app.addHook('onResponse', (request, response, done) => {
    const scope = scopeOf.get(request)
    if (!scope) return done()
    const route = request.routeOptions.url ?? 'unknown'
    const status = response.statusCode
    const label = `${request.method} ${route}`
    record(label, status, response.elapsedTime * 1_000, scope)
    if (scope.span) endRequestSpan(scope.span, { method: request.method, route, status })
    done()
  })
}

function record(label: string, status: number, us: number, { spent }: Scope): void {
  duration.record(us, label)
  if (status >= 500) faults.add(1, label)
  else if (status >= 400) refused.add(1, label)
  waited.record(spent.poolWait, 'pool')
  waited.record(spent.database, 'database')
  waited.record(spent.outbound, 'outbound')
  // Statements in parallel add up to more than the clock shows.
  waited.record(Math.max(0, us - spent.poolWait - spent.database - spent.outbound), 'own')
}

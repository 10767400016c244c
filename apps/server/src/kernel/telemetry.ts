import { type Attributes, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { currentScope, inScope, newScope } from '#kernel/scope'

/**
 * Spans of requests, statements and jobs, when an exporter is configured; one comparison otherwise. Names and
 * attributes are patterns, codes and statement texts: never values, addresses, names or anything of a person.
 */
export interface Tracing {
  /** `parent` is a span at hand, or a W3C traceparent from the shop or a job's payload. */
  start(
    name: string,
    kind: SpanKind,
    attributes: Attributes,
    parent: Span | string | undefined,
  ): Span
}

let tracing: Tracing | undefined

/** Turns tracing on for this process; undefined turns it off. */
export function useTracing(next: Tracing | undefined): void {
  tracing = next
}

/** The span of an arriving request; undefined when nobody listens. */
export function startRequestSpan(
  method: string,
  traceparent: string | undefined,
): Span | undefined {
  return tracing?.start(method, SpanKind.SERVER, { 'http.request.method': method }, traceparent)
}

export function endRequestSpan(
  span: Span,
  answer: { method: string; route: string; status: number },
): void {
  span.updateName(`${answer.method} ${answer.route}`)
  span.setAttributes({ 'http.route': answer.route, 'http.response.status_code': answer.status })
  if (answer.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}

/** A statement's span under the request or job at hand; its text has `$1`, never a value. */
export function startStatementSpan(text: string): Span | undefined {
  if (!tracing) return undefined
  const parent = currentScope()?.span
  if (!parent) return undefined
  const statement = text.trim().slice(0, statementMax)
  const verb = /^\w+/.exec(statement)?.[0]?.toLowerCase() ?? 'statement'
  return tracing.start(
    verb,
    SpanKind.CLIENT,
    { 'db.system.name': 'postgresql', 'db.query.text': statement },
    parent,
  )
}

const statementMax = 2_000

/** Runs a job in a scope of its own, its span continuing the trace of the act that caused it. */
export async function inJobScope<T>(
  task: string,
  traceparent: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const span = tracing?.start(
    `job ${task}`,
    SpanKind.CONSUMER,
    { 'messaging.operation.name': task },
    traceparent,
  )
  return inScope(newScope(span), () => endingWith(span, work))
}

/** Ends the span when the work ends; a failure is told by its kind and code, as the log tells it. */
export async function endingWith<T>(span: Span | undefined, work: () => Promise<T>): Promise<T> {
  if (!span) return work()
  try {
    return await work()
  } catch (error) {
    const { name, code } = error as { name?: string; code?: unknown }
    span.setAttribute('error.type', typeof code === 'string' ? code : (name ?? 'Error'))
    span.setStatus({ code: SpanStatusCode.ERROR })
    throw error
  } finally {
    span.end()
  }
}

/** The request or job at hand as a W3C traceparent, to be carried in a job's payload; null when not traced. */
export function traceparentNow(): string | null {
  const context = currentScope()?.span?.spanContext()
  if (!context) return null
  const flags = context.traceFlags.toString(16).padStart(2, '0')
  return `00-${context.traceId}-${context.spanId}-${flags}`
}

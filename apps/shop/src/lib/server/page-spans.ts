import {
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
  ROOT_CONTEXT,
} from '@opentelemetry/api'
import { parseTraceParent } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'

export interface PageSpans {
  /** The span of one page; `traceparent` is what came with the request, or began with it. */
  start(method: string, traceparent: string): PageSpan
  /** Sends what is left. */
  stop(): Promise<void>
}

export interface PageSpan {
  /** What the calls of this page carry on, so that the API's spans hang under the page's. */
  readonly traceparent: string
  end(answer: {
    readonly method: string
    readonly route: string | null
    readonly status: number
  }): void
}

const exportWithinMs = 10_000
const batchDelayMs = 2_000
const queueMax = 2_048
const failed = 500

/**
 * Spans of the shop's pages, to the collector the server's go to; the same traces are kept on both sides, because the
 * trace's id alone decides. A span has a route's pattern and a status: no address, no search, no person.
 */
export function openPageSpans(options: { endpoint: string; ratio: number }): PageSpans {
  const { endpoint, ratio } = options
  const url = new URL('v1/traces', `${endpoint.replace(/\/$/, '')}/`).href
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'janta-shop' }),
    sampler: new TraceIdRatioBasedSampler(ratio),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url, timeoutMillis: exportWithinMs }),
        scheduledDelayMillis: batchDelayMs,
        maxQueueSize: queueMax,
      }),
    ],
  })
  const tracer = provider.getTracer('janta')
  return {
    start(method, traceparent) {
      const parent = parseTraceParent(traceparent)
      const context = parent
        ? trace.setSpanContext(ROOT_CONTEXT, {
            ...parent,
            isRemote: true,
            traceFlags: TraceFlags.SAMPLED,
          })
        : ROOT_CONTEXT
      const attributes = { 'http.request.method': method }
      const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, context)
      return { traceparent: traceparentOfSpan(span), end: answer => endWith(span, answer) }
    },
    stop: () => provider.shutdown(),
  }
}

function endWith(span: Span, { method, route, status }: Parameters<PageSpan['end']>[0]): void {
  const pattern = route ?? 'unknown'
  span.updateName(`${method} ${pattern}`)
  span.setAttributes({ 'http.route': pattern, 'http.response.status_code': status })
  if (status >= failed) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}

function traceparentOfSpan(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}

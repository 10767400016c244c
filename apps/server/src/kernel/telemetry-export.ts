import {
  ROOT_CONTEXT,
  trace,
  type Meter,
  type Histogram as OtelHistogram,
  type Counter as OtelCounter,
  TraceFlags,
} from '@opentelemetry/api'
import { parseTraceParent } from '@opentelemetry/core'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import {
  BatchSpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Kind, MetricDeclaration, MetricRegistry } from '#kernel/metrics'
import { useTracing } from '#kernel/telemetry'

export interface ExportOptions {
  /** Base address of an OTLP/HTTP collector; `/v1/traces` and `/v1/metrics` are added. */
  readonly endpoint: string
  readonly service: string
  readonly version: string
  readonly instance: string
  /** Share of traces kept, 0..1. */
  readonly traceRatio: number
  readonly metrics: MetricRegistry
}

const exportEveryMs = 60_000
const exportWithinMs = 10_000
const batchDelayMs = 2_000
const queueMax = 2_048
const stopWithinMs = 3_000

/**
 * Sends spans and metrics to the collector in the background; a collector that is away costs dropped spans and
 * nothing else. Whether a trace is kept follows from its id alone, so shop, API and worker keep the same ones and a
 * stranger's header cannot make us record. Loaded only when an endpoint is configured.
 */
export function startExport(options: ExportOptions): { stop(): Promise<void> } {
  const resource = resourceFromAttributes({
    'service.name': `janta-${options.service}`,
    'service.version': options.version,
    'service.instance.id': options.instance,
  })
  const address = (part: string) =>
    new URL(`v1/${part}`, `${options.endpoint.replace(/\/$/, '')}/`).href
  const spans = new TracerProvider({
    resource,
    sampler: new TraceIdRatioBasedSampler(options.traceRatio),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: address('traces'), timeoutMillis: exportWithinMs }),
        scheduledDelayMillis: batchDelayMs,
        maxQueueSize: queueMax,
      }),
    ],
  })
  const figures = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({
          url: address('metrics'),
          timeoutMillis: exportWithinMs,
        }),
        exportIntervalMillis: exportEveryMs,
        exportTimeoutMillis: exportWithinMs,
      }),
    ],
  })
  traceWith(spans)
  options.metrics.listen(listenerOf(figures.getMeter('janta')))
  return {
    async stop() {
      useTracing(undefined)
      options.metrics.listen(undefined)
      // A collector that is away must not keep the process from leaving.
      const late = new Promise(resolve => setTimeout(resolve, stopWithinMs).unref())
      await Promise.race([Promise.allSettled([spans.shutdown(), figures.shutdown()]), late])
    },
  }
}

function traceWith(provider: TracerProvider): void {
  const tracer = provider.getTracer('janta')
  useTracing({
    start(name, kind, attributes, parent) {
      const span = typeof parent === 'string' ? remoteSpan(parent) : parent
      const context = span ? trace.setSpan(ROOT_CONTEXT, span) : ROOT_CONTEXT
      return tracer.startSpan(name, { kind, attributes }, context)
    },
  })
}

/** A span of another process by its traceparent; undefined when the text is none. */
function remoteSpan(traceparent: string) {
  const context = parseTraceParent(traceparent)
  if (!context) return undefined
  return trace.wrapSpanContext({ ...context, isRemote: true, traceFlags: TraceFlags.SAMPLED })
}

const units = {
  count: '1',
  microseconds: 'us',
  bytes: 'By',
  permille: '{permille}',
  seconds: 's',
} as const

function listenerOf(meter: Meter) {
  const counters = new Map<string, OtelCounter>()
  const histograms = new Map<string, OtelHistogram>()
  return (declaration: MetricDeclaration, kind: Kind, value: number, label: string): void => {
    const { name, meaning, unit } = declaration
    const about = { description: meaning, unit: units[unit] }
    const attributes = label === '' ? {} : { label }
    if (kind === 'counter') {
      const counter = counters.get(name) ?? meter.createCounter(`janta.${name}`, about)
      counters.set(name, counter)
      counter.add(value, attributes)
    } else {
      const histogram = histograms.get(name) ?? meter.createHistogram(`janta.${name}`, about)
      histograms.set(name, histogram)
      histogram.record(value, attributes)
    }
  }
}

import { type DestinationStream, type Logger, pino } from 'pino'
import { LogLines } from '#kernel/log-lines'

/**
 * Only these fields may ever reach a log line. Everything else is dropped, not masked: a name, a telephone number,
 * a medicine or a sign-in code cannot leak through a field nobody thought of.
 */
const allowed = new Set([
  'level',
  'time',
  'msg',
  'service',
  'requestId',
  'method',
  'route',
  'status',
  'durationMs',
  'code',
  'errorName',
  'errorCode',
  'stack',
  'task',
  'event',
  'eventId',
  'jobId',
  'attempt',
  'port',
  'signal',
  'count',
  'figure',
  'value',
  'migration',
  'actorId',
])

export type Log = Logger

export function openLog(
  options: { level: string; service: string },
  destination?: DestinationStream,
): Log {
  const settings = {
    level: options.level,
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: keepAllowed },
  }
  return pino(settings, destination ?? new LogLines())
}

function keepAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'err' || name === 'error') Object.assign(kept, faultFields(value))
    else if (allowed.has(name)) kept[name] = value
  }
  return kept
}

/**
 * What may be told of a fault: its kind, its code and where it happened. The message is left out, because a
 * database quotes the offending row in it ("Key (mobile)=(+91...) already exists").
 */
export function faultFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { errorName: typeof error }
  const { code } = error as { code?: unknown }
  return {
    errorName: error.name,
    ...(typeof code === 'string' && { errorCode: code }),
    stack: (error.stack ?? '')
      .split('\n')
      .filter(line => /^\s+at /.test(line))
      .slice(0, 12)
      .join('\n'),
  }
}

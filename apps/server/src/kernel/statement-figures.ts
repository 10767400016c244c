import { metrics } from '#kernel/metrics'
import { addSpent, nowUs } from '#kernel/scope'
import { endingWith, startStatementSpan } from '#kernel/telemetry'

const statementTime = metrics.distribution({
  name: 'database.statement_time',
  unit: 'microseconds',
  meaning: 'From sending a statement to its answer',
  labels: ['read', 'write'],
})
const poolWait = metrics.distribution({
  name: 'database.pool_wait',
  unit: 'microseconds',
  meaning: 'Waiting for a connection of the pool',
})
const repeatable = metrics.counter({
  name: 'database.repeatable_time',
  unit: 'microseconds',
  meaning: 'Time of statements half of whose calls repeated one of the last minute',
})
const repeatableReads = metrics.counter({
  name: 'database.repeatable_reads',
  unit: 'count',
  meaning: 'Calls of those statements, and those among them a cache would have answered',
  labels: ['asked', 'found'],
})
const topStatement = metrics.counter({
  name: 'database.top_statement_time',
  unit: 'microseconds',
  meaning: 'Time of the dearest statement of each minute',
})

interface StatementMinute {
  calls: number
  repeats: number
  us: number
}

const statementsMax = 500
const keysMax = 20_000
const repeatWithinMs = 60_000

let readsInFlight = 0
const statements = new Map<string, StatementMinute>()
/** When each read with its values was last asked, by a hash: nothing a person typed is kept. */
const askedAt = new Map<number, number>()

export const pipelinedInFlight = (): number => readsInFlight

/** Runs one statement, counts its time as the request's and the database's, and gives it a span if traced. */
export async function timedStatement<T>(
  kind: 'read' | 'write',
  statement: { name: string; text: string; values: readonly unknown[] },
  run: () => Promise<T>,
): Promise<T> {
  const from = nowUs()
  if (kind === 'read') readsInFlight++
  try {
    return await endingWith(startStatementSpan(statement.text), run)
  } finally {
    const us = nowUs() - from
    if (kind === 'read') readsInFlight--
    addSpent('database', us)
    statementTime.record(us, kind)
    note(kind, statement, us)
  }
}

/** Waits for a connection and counts the waiting. */
export async function timedConnect<T>(connect: () => Promise<T>): Promise<T> {
  const from = nowUs()
  try {
    return await connect()
  } finally {
    const us = nowUs() - from
    addSpent('poolWait', us)
    poolWait.record(us)
  }
}

function note(
  kind: 'read' | 'write',
  { name, values }: { name: string; values: readonly unknown[] },
  us: number,
): void {
  let minute = statements.get(name)
  if (!minute) {
    if (statements.size >= statementsMax) return
    minute = { calls: 0, repeats: 0, us: 0 }
    statements.set(name, minute)
  }
  minute.calls++
  minute.us += us
  if (kind === 'read' && isRepeat(name, values)) minute.repeats++
}

function isRepeat(name: string, values: readonly unknown[]): boolean {
  const key = hashOf(name, values)
  const now = performance.now()
  const before = askedAt.get(key)
  if (askedAt.size >= keysMax) askedAt.clear()
  askedAt.set(key, now)
  return before !== undefined && now - before <= repeatWithinMs
}

/** FNV-1a over the statement and its values; a collision in a million costs one wrong count. */
function hashOf(name: string, values: readonly unknown[]): number {
  let hash = 0x811c9dc5
  const text = `${name}\0${values.join('\0')}`
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return hash
}

/** Once a minute: what the statements of this minute say together. */
export function closeStatementMinute(): void {
  let top = 0
  for (const { calls, repeats, us } of statements.values()) {
    top = Math.max(top, us)
    if (calls >= 4 && repeats * 2 >= calls) {
      repeatable.add(us)
      repeatableReads.add(calls, 'asked')
      repeatableReads.add(repeats, 'found')
    }
  }
  if (top > 0) topStatement.add(top)
  statements.clear()
}

const levels: Record<number, string> = { 40: 'warning: ', 50: 'error: ', 60: 'fatal: ' }

/**
 * A log line for a person: the server's JSON lines become their message, everything else stays as
 * it is. Only named fields are shown, so nothing a log carries by mistake reaches the screen. A figure measured for the
 * dashboards is null: it comes every minute and is news to nobody.
 */
export function readableLine(line: string): string | null {
  const entry = parse(line)
  if (!entry || typeof entry['msg'] !== 'string') return line
  if (typeof entry['figure'] === 'string') return null
  const level = levels[Number(entry['level'])] ?? ''
  const error = entry['err'] as { message?: string; stack?: string } | undefined
  const cause = error ? `\n${error.stack ?? error.message ?? ''}` : ''
  return [level + entry['msg'], ...shown(entry)].join(' ') + cause
}

// What a request was, in the words of its declaration: a route has no person's number in it.
function shown(entry: Record<string, unknown>): string[] {
  const fields = ['method', 'route', 'status', 'task', 'code'].map(name => entry[name])
  return fields.filter(field => typeof field === 'string' || typeof field === 'number').map(String)
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return undefined
  }
}

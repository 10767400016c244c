import { paint } from '../supervisor/say.ts'
import type { StackAddresses } from './stack.ts'

/** Prints where to go and who may sign in, once everything answers. */
export function printWelcome({ publicUrl, bankUrl, sample }: StackAddresses, tookMs: number): void {
  const rows = [
    ['Shop', `${publicUrl}/`],
    ['Counter', `${publicUrl}/counter/`],
    ['API', `${publicUrl}/api/docs`],
    ...(bankUrl ? [['Bank', `${bankUrl}/`]] : []),
  ]
  const people = loginsIn(sample)
  const lines = [
    `Janta Pharmacy is open (${(tookMs / 1000).toFixed(1)} s)`,
    '',
    ...aligned(rows),
    ...(people.length > 0 ? ['', 'Ready to sign in:', ...aligned(people)] : []),
    '',
    'Ctrl-C stops everything and keeps the data. "npm run reset" starts anew.',
  ]
  const width = Math.max(...lines.map(line => line.length))
  const edge = '─'.repeat(width + 2)
  const box = lines.map(line => `│ ${line.padEnd(width)} │`)
  console.log(paint(32, ['', `┌${edge}┐`, ...box, `└${edge}┘`, ''].join('\n')))
}

/** The sample's people as rows of text; `sample` is the JSON the server's `sample` command printed. */
export function loginsIn(sample: string): string[][] {
  let parsed: unknown
  try {
    parsed = JSON.parse(sample)
  } catch {
    return []
  }
  const logins = (Array.isArray(parsed) ? parsed : (parsed as { logins?: unknown }).logins) ?? []
  if (!Array.isArray(logins)) return []
  return logins
    .filter(login => typeof login === 'object' && login !== null)
    .map(login => Object.values(login as object).map(value => [value].flat().join(', ')))
}

function aligned(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => row[column]?.length ?? 0)),
  )
  return rows.map(row =>
    `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd(),
  )
}

/**
 * What is built, as text for a reviewer: `node infra/checks/snapshot.ts` compares with the committed
 * text and shows the difference, `--update` writes it. The launch environment is written whole, the
 * others as what they have more and less than launch.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { environments } from '../environments.ts'
import type { Environment } from '../settings.ts'
import { resourcesOf } from '../synth.ts'
import { isSimple, readable, shortId } from './readable.ts'

const folder = path.join(import.meta.dirname, 'snapshots')

/** Said of every resource, so said of none. */
const unsaid = new Set(['Tags'])

/** What fits on one line stays on one line. */
const lineMax = 240

/** The committed texts by file name, as they should be now. */
export function snapshots(): Map<string, string> {
  const launch = linesOf(environments.launch)
  const texts = new Map([['launch.txt', `${launch.join('\n')}\n`]])
  for (const environment of [environments.pilot, environments.scaled]) {
    const own = linesOf(environment)
    const changed = differences(launch, own)
    texts.set(`${environment.name}.txt`, `${changed.join('\n')}\n`)
  }
  return texts
}

/** The lines that a change of infrastructure adds and removes against the committed text. */
export function reviewOf(name: string, now: string): string[] {
  return differences(committed(name).trimEnd().split('\n'), now.trimEnd().split('\n'))
}

/** `- ` for lines only in the first text, `+ ` for lines only in the second; order is kept. */
export function differences(before: readonly string[], after: readonly string[]): string[] {
  const count = (lines: readonly string[]) => {
    const counts = new Map<string, number>()
    for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
    return counts
  }
  const missingIn = (lines: readonly string[], counts: Map<string, number>) =>
    lines.filter(line => {
      const left = counts.get(line) ?? 0
      counts.set(line, left - 1)
      return left <= 0
    })
  return [
    ...missingIn(before, count(after)).map(line => `- ${line}`),
    ...missingIn(after, count(before)).map(line => `+ ${line}`),
  ]
}

/** One line a property, each beginning with its resource, so that a line makes sense alone. */
function linesOf(environment: Environment): string[] {
  const lines: string[] = []
  for (const [id, resource] of resourcesOf(environment)) {
    const said = Object.fromEntries(
      Object.entries(resource.Properties ?? {}).filter(([property]) => !unsaid.has(property)),
    )
    const name = shortId(id)
    const whole = readable(said)
    if (whole.length <= lineMax) lines.push(`${name}: ${resource.Type} ${whole}`)
    else lines.push(`${name}: ${resource.Type}`, ...flatten(name, said))
  }
  return lines.map(line => withoutNames(line, environment).trimEnd())
}

function flatten(name: string, value: unknown): string[] {
  const text = readable(value)
  if (isSimple(value) || text.length <= lineMax) {
    return text.split('\n').map(line => `${name} = ${line}`)
  }
  return Object.entries(value as object).flatMap(([key, each]) => flatten(`${name}.${key}`, each))
}

/** Names, addresses and the library's digits differ by rule; only real differences are to be seen. */
function withoutNames(line: string, environment: Environment): string {
  let text = line.replaceAll(libraryDigits, '')
  for (const [kind, host] of Object.entries(environment.hosts).sort(byLength)) {
    text = text.replaceAll(host, `<${kind} host>`)
  }
  const [first = '', second = ''] = environment.cidr.split('.')
  return text.replaceAll(`${first}.${second}.`, '<vpc>.').replaceAll(environment.name, '<name>')
}

/** Eight hexadecimal digits, at least one a letter, at the end of a name or before a port. */
const libraryDigits = /(?<=[A-Za-z0-9])(?=[0-9]*[A-F])[0-9A-F]{8}(?=[0-9]{0,5}(?![0-9A-Za-z]))/g

const byLength = ([, a]: [string, string], [, b]: [string, string]) => b.length - a.length

function committed(name: string): string {
  return readFileSync(path.join(folder, name), 'utf8')
}

if (import.meta.main) {
  const isUpdate = process.argv.includes('--update')
  if (isUpdate) mkdirSync(folder, { recursive: true })
  for (const [name, text] of snapshots()) {
    if (isUpdate) writeFileSync(path.join(folder, name), text)
    const changed = reviewOf(name, text)
    if (changed.length > 0) process.exitCode = 1
    process.stdout.write([`${name}: ${changed.length} lines differ`, ...changed, ''].join('\n'))
  }
}

import type { Source } from './source.ts'
import { moduleOf } from './source.ts'

/** Law 1: flat modules, entered through their index, along the declared table. Returns one sentence an offence. */
export function boundaryOffences(
  sources: readonly Source[],
  mayCall: Readonly<Record<string, readonly string[]>>,
): string[] {
  return sources.flatMap(({ file, imports }) => {
    const owner = moduleOf(file)
    const offences: string[] = []
    if (file.split('/').length !== 2) offences.push(`${file} lies in a folder; a module is flat`)
    if (!(owner in mayCall)) offences.push(`${owner} is not in the call table`)
    for (const target of imports) {
      if (target.startsWith('../')) offences.push(`${file} reaches out with ${target}`)
      const callee = /^#modules\/(.+)$/.exec(target)?.[1]
      if (callee && !mayCall[owner]?.includes(callee)) {
        offences.push(`${file} calls ${callee}, which ${owner} may not`)
      }
    }
    return offences
  })
}

/** A way round in circles through the table, or undefined: calls go down, news goes up as events. */
export function findCycle(
  table: Readonly<Record<string, readonly string[]>>,
): string[] | undefined {
  const done = new Set<string>()
  const walk = (name: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name]
    if (done.has(name)) return undefined
    for (const next of table[name] ?? []) {
      const cycle = walk(next, [...path, name])
      if (cycle) return cycle
    }
    done.add(name)
    return undefined
  }
  for (const name of Object.keys(table)) {
    const cycle = walk(name, [])
    if (cycle) return cycle
  }
  return undefined
}

/** The call graph as the architecture page shows it. */
export function drawGraph(table: Readonly<Record<string, readonly string[]>>): string {
  const rows = Object.entries(table).flatMap(([name, callees]) =>
    callees.length === 0 ? [`  ${name}`] : callees.map(callee => `  ${name} --> ${callee}`),
  )
  return ['```mermaid', 'graph TD', ...rows, '```'].join('\n')
}

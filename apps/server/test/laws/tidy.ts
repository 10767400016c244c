import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parseSync, Visitor } from 'oxc-parser'

export const linesMax = 300
export const functionLinesMax = 70

const root = new URL('../../../../', import.meta.url)

/** Files the repository keeps, as git lists them, new ones included. */
export function repositoryFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...new Set(listed.split('\n').filter(Boolean))]
}

export const readRepositoryFile = (file: string): string =>
  readFileSync(new URL(file, root), 'utf8')

export const isCode = (file: string): boolean => /\.(ts|mts|mjs|js|svelte|css|sql)$/.test(file)

/** Longer is a sign of two ideas: divide the file where the second one begins. */
export function lengthOffences(file: string, text: string): string[] {
  const lines = text.split('\n').length - 1
  const offences = lines > linesMax ? [`${file} has ${lines} lines; ${linesMax} at most`] : []
  return file.endsWith('.ts') ? [...offences, ...longFunctions(file, text)] : offences
}

function longFunctions(file: string, text: string): string[] {
  const { program } = parseSync(file, text)
  const offences: string[] = []
  // The body of a `describe` holds tests, each of which is measured by itself.
  const groups = new Set<number>()
  const measure = (node: { start: number; end: number }) => {
    if (groups.has(node.start)) return
    const lines = text.slice(node.start, node.end).split('\n').length
    const at = text.slice(0, node.start).split('\n').length
    if (lines > functionLinesMax) {
      offences.push(`${file}:${at} is a function of ${lines} lines; ${functionLinesMax} at most`)
    }
  }
  new Visitor({
    CallExpression: node => {
      const isGroup =
        node.callee.type === 'Identifier' && /^(describe|suite)$/.test(node.callee.name)
      if (isGroup) for (const argument of node.arguments) groups.add(argument.start)
    },
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(program)
  return offences
}

/** Words that mean work was left behind or a name says nothing, each with what to do instead. */
const banned: readonly (readonly [RegExp, string])[] = [
  [/\b(TODO|FIXME|XXX|HACK)\b/, 'do it, or write an issue'],
  [/\b(?:test|it|describe)\.(?:skip|only|todo)\b/, 'a test runs or is not there'],
  [
    /\b(class|interface|type) \w+(Manager|Helper|Util|Service|Processor)\b/,
    'name what it does, in the field’s words',
  ],
  [/catch \{\s*\}/, 'catch nothing you do not answer'],
  [/\bconsole\.log\(/, 'say it through the log or the command’s own lines'],
]

export function wordOffences(file: string, text: string): string[] {
  return banned.flatMap(([pattern, instead]) => {
    const found = pattern.exec(text)
    if (!found || (found[0] === 'console.log(' && !file.startsWith('apps/server/src/'))) return []
    const line = text.slice(0, found.index).split('\n').length
    return [`${file}:${line} has “${found[0].trim()}”: ${instead}`]
  })
}

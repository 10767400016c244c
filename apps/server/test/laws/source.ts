import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { parseSync, Visitor } from 'oxc-parser'

/** One source file as the laws read it: what it imports and every text it holds. */
export interface Source {
  readonly file: string
  readonly text: string
  readonly imports: readonly string[]
  readonly strings: readonly string[]
}

/** Parses TypeScript once; a file that cannot be parsed fails the law that asked. */
export function readSource(file: string, text: string): Source {
  const { module, program, errors } = parseSync(file, text)
  assert.deepEqual(errors, [], `${file} cannot be parsed`)
  const strings: string[] = []
  new Visitor({
    Literal: node => {
      if (typeof node.value === 'string') strings.push(node.value)
    },
    TemplateElement: node => {
      strings.push(node.value.cooked ?? node.value.raw)
    },
  }).visit(program)
  const imports = [
    ...module.staticImports.map(found => found.moduleRequest.value),
    ...module.staticExports
      .flatMap(found => found.entries)
      .flatMap(entry => entry.moduleRequest?.value ?? []),
    ...module.dynamicImports.map(found =>
      text.slice(found.moduleRequest.start, found.moduleRequest.end).replaceAll(/['"`]/g, ''),
    ),
  ]
  return { file, text, imports, strings }
}

const modulesFolder = new URL('../../src/modules/', import.meta.url)

/** Every TypeScript and SQL file of the modules, as `<module>/<file>`. */
export function moduleSources(): Source[] {
  return globSync('**/*.ts', { cwd: modulesFolder })
    .sort()
    .map(file => readSource(file, readFileSync(new URL(file, modulesFolder), 'utf8')))
}

export function moduleSql(): { file: string; text: string }[] {
  return globSync('**/*.sql', { cwd: modulesFolder })
    .sort()
    .map(file => ({ file, text: readFileSync(new URL(file, modulesFolder), 'utf8') }))
}

export const moduleOf = (file: string): string => file.split('/')[0] ?? ''

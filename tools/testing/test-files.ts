import { globSync, statSync } from 'node:fs'
import path from 'node:path'
import { projectDir } from '../project.ts'
import { Trouble } from '../trouble.ts'

export interface TestFiles {
  /** Run by Node alone. */
  tests: string[]
  /** Driven through a browser against the whole pharmacy. */
  journeys: string[]
}

const rooms = '{apps,packages,tools,infra,bench}'
const notOurs = ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**', '**/cdk.out/**']

/** Every test of the project, or those under the paths a person named. */
export function findTestFiles(named: string[] = []): TestFiles {
  const all = named.length === 0 ? under(rooms) : named.flatMap(name => filesOf(name))
  const files = [...new Set(all)].toSorted()
  const isJourney = (file: string) => file.split(path.sep).includes('e2e')
  return { tests: files.filter(file => !isJourney(file)), journeys: files.filter(isJourney) }
}

function filesOf(name: string): string[] {
  const place = path.resolve(projectDir, name)
  const found = statSync(place, { throwIfNoEntry: false })
  if (!found)
    throw new Trouble(`There is no ${name}. Name test files or folders, from the project's folder.`)
  if (found.isFile()) return [place]
  const files = under(path.relative(projectDir, place) || '.')
  if (files.length === 0) throw new Trouble(`There is no test in ${name}.`)
  return files
}

function under(folder: string): string[] {
  return globSync(`${folder}/**/*.test.ts`, { cwd: projectDir, exclude: notOurs }).map(file =>
    path.join(projectDir, file),
  )
}

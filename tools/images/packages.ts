import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { projectDir } from '../project.ts'
import { architectures, programs } from './recipe.ts'
import type { Architecture, Program } from './recipe.ts'

interface Manifest {
  workspaces?: readonly string[]
  scripts?: unknown
  devDependencies?: unknown
}

interface Lock {
  packages: Record<string, Manifest & { link?: boolean; resolved?: string }>
}

const read = <T>(file: string): T => JSON.parse(readFileSync(path.join(projectDir, file), 'utf8'))

/** What Node never reads: declarations, maps, and notes that are not licences. */
const unread = [
  '**/*.{ts,mts,cts,map,flow}',
  '**/{CHANGELOG,HISTORY,README}*',
  '.package-lock.json',
]

/**
 * The project reduced to the workspaces of one program: the lockfile keeps exactly its versions, and
 * what only other workspaces or development need is not even downloaded.
 */
export function reducedProject(members: readonly string[], root: Manifest, lock: Lock) {
  const { scripts: _scripts, devDependencies: _forDevelopment, ...kept } = root
  const packages = Object.fromEntries(
    Object.entries(lock.packages).flatMap(([place, { devDependencies: _dev, ...one }]) => {
      if (place === '') return [[place, { ...one, workspaces: members }]]
      const isWorkspace = !place.startsWith('node_modules/')
      const isIn = members.some(member => place === member || place.startsWith(`${member}/`))
      if (isWorkspace && !isIn) return []
      if (one.link && !members.includes(one.resolved ?? '')) return []
      return [[place, one]]
    }),
  )
  return { manifest: { ...kept, workspaces: members }, lock: { ...lock, packages } }
}

/**
 * Installs a program's packages into `app` for an architecture, without running any script of
 * theirs, moves Node to where PATH finds it, and returns the bill of materials npm makes of it.
 */
export function layPackages(app: string, node: string, program: Program, target: Architecture) {
  const { members } = programs[program]
  const write = (file: string, content: unknown) => {
    mkdirSync(path.dirname(path.join(app, file)), { recursive: true })
    writeFileSync(path.join(app, file), `${JSON.stringify(content, null, 2)}\n`)
  }
  const { manifest, lock } = reducedProject(
    members,
    read<Manifest>('package.json'),
    read<Lock>('package-lock.json'),
  )
  write('package.json', manifest)
  write('package-lock.json', lock)
  for (const member of members) {
    const { devDependencies: _dev, ...own } = read<Manifest>(`${member}/package.json`)
    write(`${member}/package.json`, own)
  }
  const cpu = architectures[target].npm
  const npm = (...args: string[]) =>
    execFileSync('npm', [...args, '--omit=dev', '--os=linux', `--cpu=${cpu}`, '--libc=glibc'], {
      cwd: app,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 2],
      maxBuffer: 64 * 1024 * 1024,
    })
  npm('ci', '--ignore-scripts', '--no-audit', '--no-fund')
  const bill = JSON.parse(npm('sbom', '--sbom-format', 'cyclonedx')) as Bill
  const packages = path.join(app, 'node_modules')
  const platform = path.join(packages, `node-linux-${cpu}`)
  mkdirSync(path.dirname(node), { recursive: true })
  cpSync(path.join(platform, 'bin/node'), node)
  for (const folder of globSync('node-linux-*', { cwd: packages })) {
    rmSync(path.join(packages, folder), { recursive: true })
  }
  for (const file of globSync(unread, { cwd: packages, withFileTypes: true })) {
    if (file.isFile()) rmSync(path.join(file.parentPath, file.name))
  }
  rmSync(path.join(app, 'package-lock.json'))
  return bill
}

/** CycloneDX, as far as we add to it. */
export interface Bill {
  readonly bomFormat: string
  readonly components: readonly { type: string; name: string; version: string; purl: string }[]
}

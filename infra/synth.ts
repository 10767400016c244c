import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { App } from 'aws-cdk-lib'
import { prefixOf } from './settings.ts'
import type { Environment } from './settings.ts'
import type { Resource, StackTemplates, Template } from './template.ts'

// Nothing here may ask the network who it is: synthesis is the same on a train.
process.env['AWS_EC2_METADATA_DISABLED'] = 'true'

/** What the two sets of rules said about an environment. */
export interface Report {
  /** `rule: construct` of everything nobody acknowledged. A deployable environment has none. */
  readonly objections: readonly string[]
  /** `stack rule` of every finding somebody acknowledged with a reason. */
  readonly acknowledged: ReadonlySet<string>
  /** The names of the rule sets that ran; a check that saw nothing is no check. */
  readonly ruleSets: readonly string[]
}

interface Violation {
  readonly ruleName: string
  readonly acknowledgedAt?: string
  readonly violatingConstructs: readonly { readonly constructPath?: string }[]
}

const done = new Map<string, StackTemplates>()

/**
 * The templates of an environment, by stack. Built once for each distinct setting: a process keeps
 * them, and a file keeps them for the next process while no source has changed.
 */
export function synthesize(environment: Environment): StackTemplates {
  const settings = JSON.stringify(environment)
  const known = done.get(settings)
  if (known) return known
  const file = path.join(kept, `${sourceHash().update(settings).digest('hex')}.json`)
  const templates = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as StackTemplates)
    : build(environment)
  if (!existsSync(file)) keep(file, templates)
  done.set(settings, templates)
  return templates
}

function build(environment: Environment): StackTemplates {
  return inFreshFolder(outdir => {
    const assembly = buildApp(environment, { isChecked: false, outdir }).synth()
    const prefix = `${prefixOf(environment)}-`
    return Object.fromEntries(
      assembly.stacks.map(stack => [
        stack.stackName.slice(prefix.length),
        stack.template as Template,
      ]),
    )
  })
}

const kept = path.join(import.meta.dirname, 'cdk.out', 'templates')

/** Whole or not at all: another process may be writing the same file. */
function keep(file: string, templates: StackTemplates): void {
  mkdirSync(kept, { recursive: true })
  const half = `${file}.${process.pid}`
  writeFileSync(half, JSON.stringify(templates))
  renameSync(half, file)
}

const sharedFigures = '../apps/server/src/kernel/watched-figures.ts'

/** Of everything a template is made from: our sources and the pinned versions of the libraries. */
function sourceHash() {
  const hash = createHash('sha256')
  const sources = globSync(['*.ts', 'stacks/*.ts', 'checks/*.ts', 'package.json', sharedFigures], {
    cwd: import.meta.dirname,
    exclude: ['**/*.test.ts'],
  }).sort()
  assert.ok(sources.length > 20, 'The sources of the infrastructure were not found')
  for (const source of sources) hash.update(readFileSync(path.join(import.meta.dirname, source)))
  return hash
}

/** The construct library takes a second to load; a process that finds kept templates never does. */
const buildApp: BuildApp = (environment, options) => {
  const { buildApp: load } = createRequire(import.meta.url)('./stacks/build.ts') as {
    buildApp: BuildApp
  }
  return load(environment, options)
}

type BuildApp = typeof import('./stacks/build.ts').buildApp

/** Every resource of all stacks of an environment, under `stack/LogicalId`. */
export function resourcesOf(environment: Environment): ReadonlyMap<string, Resource> {
  const all = new Map<string, Resource>()
  for (const [stack, template] of Object.entries(synthesize(environment))) {
    for (const [id, resource] of Object.entries(template.Resources)) {
      all.set(`${stack}/${id}`, resource)
    }
  }
  return all
}

/** Synthesizes with CloudFormation's validation and the AwsSolutions rules, and reads their report. */
export const validate = (environment: Environment): Report =>
  reportOf(outdir => buildApp(environment, { outdir }))

/** The report of any app whose output goes to the folder it is given. */
export function reportOf(build: (outdir: string) => App): Report {
  return inFreshFolder(outdir => {
    const report = path.join(outdir, 'validation-report.json')
    try {
      build(outdir).synth()
    } catch (error) {
      // A failed validation has written its report; anything else is a mistake in this code.
      if (!existsSync(report)) throw error
    }
    return readReport(report)
  })
}

function readReport(file: string): Report {
  const { pluginReports } = JSON.parse(readFileSync(file, 'utf8')) as {
    pluginReports: {
      pluginName: string
      violations: Violation[]
      suppressedViolations?: Violation[]
    }[]
  }
  return {
    ruleSets: pluginReports.map(report => report.pluginName),
    objections: pluginReports
      .flatMap(report => report.violations)
      .flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(construct => `${ruleName}: ${construct.constructPath}`),
      ),
    acknowledged: new Set(
      pluginReports
        .flatMap(report => report.suppressedViolations ?? [])
        .map(({ acknowledgedAt, ruleName }) => `${acknowledgedAt} ${ruleName}`),
    ),
  }
}

function inFreshFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'janta-infra-'))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

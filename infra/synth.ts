import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { App } from 'aws-cdk-lib'
import { prefixOf } from './settings.ts'
import type { Environment } from './settings.ts'
import { buildApp } from './stacks/build.ts'
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

/** The templates of an environment, by stack. Built once for each distinct setting in a process. */
export function synthesize(environment: Environment): StackTemplates {
  const key = JSON.stringify(environment)
  const known = done.get(key)
  if (known) return known
  const templates = inFreshFolder(outdir => {
    const assembly = buildApp(environment, { isChecked: false, outdir }).synth()
    const prefix = `${prefixOf(environment)}-`
    return Object.fromEntries(
      assembly.stacks.map(stack => [
        stack.stackName.slice(prefix.length),
        stack.template as Template,
      ]),
    )
  })
  done.set(key, templates)
  return templates
}

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

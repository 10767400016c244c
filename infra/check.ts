/**
 * Everything that can be known about the installation without an account: `node infra/check.ts`.
 * Synthesis, both sets of rules, every assertion, the reviewed text, the document, then the bill.
 */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import path from 'node:path'
import { environments } from './environments.ts'
import type { EnvironmentName } from './environments.ts'
import { costReport } from './cost/report.ts'

const tests = globSync('**/*.test.ts', {
  cwd: import.meta.dirname,
  exclude: ['node_modules/**', 'cdk.out/**'],
}).sort()
if (tests.length < 10) throw new Error(`Only ${tests.length} test files found`)

// One process for all: the construct library is loaded once and each environment built once.
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-isolation=none', ...tests.map(test => path.join(import.meta.dirname, test))],
  { stdio: ['ignore', 'inherit', 'ignore'] },
)
process.stdout.write(`\n${costReport(Object.keys(environments) as EnvironmentName[])}\n`)
process.exitCode = status ?? 1

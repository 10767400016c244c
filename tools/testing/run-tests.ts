import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { jantaDir } from '../project.ts'
import { runStep } from './step.ts'

export interface Counts {
  tests: number
  passed: number
  failed: number
  cancelled: number
  skipped: number
  todo: number
}

export interface TestRun {
  counts: Counts
  /** Why the run is not good, one sentence each; empty when it is. */
  faults: string[]
}

export const noCounts: Counts = {
  tests: 0,
  passed: 0,
  failed: 0,
  cancelled: 0,
  skipped: 0,
  todo: 0,
}

const concurrency = 2
// A test that hangs must fail by itself: nobody may be there to press Ctrl-C.
const testMs = 240_000

/** Runs test files with Node's own runner, a bounded number at a time. */
export async function runTests(options: {
  name: string
  files: string[]
  stopping: AbortSignal
  env?: NodeJS.ProcessEnv
  concurrency?: number
}): Promise<TestRun> {
  const countFile = path.join(jantaDir, `counts-${randomUUID()}.jsonl`)
  mkdirSync(jantaDir, { recursive: true })
  const args = [
    '--test',
    `--test-concurrency=${options.concurrency ?? concurrency}`,
    `--test-timeout=${testMs}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${path.join(import.meta.dirname, 'count-reporter.ts')}`,
    `--test-reporter-destination=${countFile}`,
    ...options.files,
  ]
  const env = { ...process.env, ...options.env }
  try {
    const isGood = await runStep({ name: options.name, args, env, isShown: true }, options.stopping)
    return judge(readFileSync(countFile, 'utf8'), options.files, isGood)
  } finally {
    rmSync(countFile, { force: true })
  }
}

/**
 * Whether a run proves anything: every file must have run at least one test, and no test may have
 * been skipped, put off or cut short. A run that saw nothing is not a good one.
 */
export function judge(lines: string, files: string[], hasSucceeded: boolean): TestRun {
  const summaries = lines
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Counts & { file?: string })
  const counts = summaries.find(summary => summary.file === undefined) ?? noCounts
  const faults: string[] = []
  for (const file of files) {
    const summary = summaries.find(one => one.file === path.resolve(file))
    if (!summary || summary.tests === 0) faults.push(`${file} ran no test.`)
  }
  if (counts.tests === 0) faults.push('No test ran at all.')
  for (const kind of ['failed', 'cancelled', 'skipped', 'todo'] as const) {
    if (counts[kind] > 0) faults.push(`${counts[kind]} ${kind}: every test must run and pass.`)
  }
  if (!hasSucceeded && faults.length === 0) faults.push('The test runner failed.')
  return { counts, faults }
}

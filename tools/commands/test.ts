import { testPostgres } from '../test-database.ts'
import { runChecks } from '../testing/checks.ts'
import { runJourneys } from '../testing/journeys.ts'
import { noCounts, runTests } from '../testing/run-tests.ts'
import type { TestRun } from '../testing/run-tests.ts'
import { stoppable } from '../testing/stoppable.ts'
import { findTestFiles } from '../testing/test-files.ts'
import { paint } from '../supervisor/say.ts'

/** Everything that must hold before a change is good; or only the test files that were named. */
async function test(stopping: AbortSignal): Promise<boolean> {
  const startedAt = Date.now()
  const named = process.argv.slice(2)
  const { tests, journeys } = findTestFiles(named)
  const faults: string[] = []
  const runs: TestRun[] = []
  const cluster = await testPostgres()
  try {
    if (named.length === 0 && !(await runChecks(stopping))) faults.push('The checks found faults.')
    if (tests.length > 0) runs.push(await runTests({ name: 'tests', files: tests, stopping }))
    if (journeys.length > 0) runs.push(...(await runJourneys(journeys, stopping)))
    else if (named.length === 0) faults.push('There is no browser journey in apps/*/e2e.')
  } finally {
    await cluster.stop()
  }
  faults.push(...runs.flatMap(run => run.faults))
  printCounts(runs)
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0)
  for (const fault of faults) console.log(paint(31, `✖ ${fault}`))
  if (faults.length === 0) console.log(paint(32, `✔ all good in ${seconds} s`))
  else console.log(paint(31, `✖ not good, after ${seconds} s`))
  return faults.length === 0
}

// In the words of Node's own runner, once for all runs, for whoever reads numbers and not text.
function printCounts(runs: TestRun[]): void {
  const total = { ...noCounts }
  for (const { counts } of runs) {
    for (const kind of Object.keys(total) as (keyof typeof total)[]) total[kind] += counts[kind]
  }
  console.log(`\n# tests ${total.tests}\n# pass ${total.passed}\n# fail ${total.failed}`)
  console.log(`# cancelled ${total.cancelled}\n# skipped ${total.skipped}\n# todo ${total.todo}\n`)
}

await stoppable(test)

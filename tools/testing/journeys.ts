import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findChromium } from '../chromium.ts'
import { createStack } from '../local/stack.ts'
import { deleteCluster } from '../postgres/index.ts'
import { jantaDir } from '../project.ts'
import { timed } from './step.ts'
import { runTests } from './run-tests.ts'
import type { TestRun } from './run-tests.ts'

/**
 * Runs the browser journeys: those of each app one after another against a pharmacy of their own, with
 * fresh data and on free ports, and the apps beside each other. What the desk does to its queue is thus
 * never news to the shop, and half the waiting for pages is spent on the other app's.
 */
export async function runJourneys(files: string[], stopping: AbortSignal): Promise<TestRun[]> {
  const chromium = await findChromium(line => console.log(line))
  const byApp = Map.groupBy(files, appOf)
  const lanes = [...byApp].map(([app, own]) => runJourneysOf(app, own, chromium, stopping))
  // A lane that cannot begin is told after the others have ended and cleaned up.
  await Promise.allSettled(lanes)
  return await Promise.all(lanes)
}

function appOf(file: string): string {
  const parts = file.split(path.sep)
  return parts[parts.lastIndexOf('e2e') - 1] ?? 'pharmacy'
}

async function runJourneysOf(
  app: string,
  files: string[],
  chromium: string,
  stopping: AbortSignal,
): Promise<TestRun> {
  const home = path.join(jantaDir, 'e2e', app)
  await deleteCluster({ dir: path.join(home, 'postgres') })
  rmSync(path.join(home, 's3'), { recursive: true, force: true })
  const signIns = path.join(home, 'sign-ins')
  rmSync(signIns, { recursive: true, force: true })
  mkdirSync(signIns, { recursive: true })
  const logFile = path.join(home, 'stack.log')
  writeFileSync(logFile, '')
  const say = (name: string, line: string) => appendFileSync(logFile, `${name} ${line}\n`)
  const stack = createStack({ home, durable: false, firstPort: 0, say })
  const end = () => void stack.stop()
  stopping.addEventListener('abort', end, { once: true })
  try {
    let address = ''
    let sample = ''
    let server: NodeJS.ProcessEnv = {}
    await timed(`a pharmacy for the browser (${app})`, async () => {
      ;({ publicUrl: address, sample, environment: server } = await stack.start())
      return true
    })
    return await runTests({
      name: `browser journeys of the ${app}`,
      files,
      stopping,
      concurrency: 1,
      env: {
        JANTA_URL: address,
        JANTA_LOGINS: sample,
        JANTA_SERVER: JSON.stringify(server),
        JANTA_SIGN_INS: signIns,
        CHROMIUM_PATH: chromium,
      },
    })
  } finally {
    stopping.removeEventListener('abort', end)
    await stack.stop()
    console.log(`(what its parts said: ${path.relative(process.cwd(), logFile)})`)
  }
}

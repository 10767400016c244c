import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findChromium } from '../chromium.ts'
import { createStack } from '../local/stack.ts'
import { deleteCluster } from '../postgres/index.ts'
import { jantaDir } from '../project.ts'
import { timed } from './step.ts'
import { runTests } from './run-tests.ts'
import type { TestRun } from './run-tests.ts'

const home = path.join(jantaDir, 'e2e')

/** Runs the browser journeys against a pharmacy of their own, with fresh data, on free ports. */
export async function runJourneys(files: string[], stopping: AbortSignal): Promise<TestRun> {
  const chromium = await findChromium(line => console.log(line))
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
    await timed('a pharmacy for the browser', async () => {
      ;({ publicUrl: address, sample, environment: server } = await stack.start())
      return true
    })
    return await runTests({
      name: 'browser journeys',
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

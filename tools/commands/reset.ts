import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { holderOf } from '../lock.mjs'
import { readGiven } from '../local/environment.ts'
import { identityOf, isGoneWithin, signal } from '../living-process.ts'
import { deleteCluster } from '../postgres/index.ts'
import { jantaDir, startLock } from '../project.ts'
import { endLeftOvers } from '../supervisor/left-overs.ts'
import { reportFailure, Trouble } from '../trouble.ts'

const stopMs = 60_000
// Kept: it says that node_modules is complete, which a reset does not change.
const kept = new Set(['installed'])

/** Stops what runs here and deletes this machine's pharmacy, after saying so and being told yes. */
async function reset(): Promise<void> {
  readGiven(process.env)
  console.log(`This stops the pharmacy if it runs here and deletes ${jantaDir}:`)
  console.log(
    'its database, its uploaded files, its secrets and the test data. There is no way back.',
  )
  if (process.env['DATABASE_URL']) console.log('The database in DATABASE_URL is not touched.')
  if (!process.argv.includes('--yes')) await demandYes()

  const pid = await holderOf(startLock)
  const running = pid ? identityOf(pid) : undefined
  if (running) {
    signal(running.pid, 'SIGTERM')
    if (!(await isGoneWithin(running, stopMs))) {
      throw new Trouble(
        `The pharmacy (process ${running.pid}) does not stop. Stop it and try again.`,
      )
    }
  }
  for (const home of [jantaDir, ...journeyHomes()]) {
    await endLeftOvers(path.join(home, 'children.json'))
    await deleteCluster({ dir: path.join(home, 'postgres') })
  }
  await deleteCluster({ dir: path.join(jantaDir, 'test-postgres') })
  for (const name of existsSync(jantaDir) ? readdirSync(jantaDir) : []) {
    if (!kept.has(name)) rmSync(path.join(jantaDir, name), { recursive: true, force: true })
  }
  console.log('Done. "npm start" begins anew.')
}

function journeyHomes(): string[] {
  const home = path.join(jantaDir, 'e2e')
  return existsSync(home) ? readdirSync(home).map(app => path.join(home, app)) : []
}

async function demandYes(): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new Trouble('Nobody is here to ask. Run "npm run reset -- --yes" to mean it.')
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await prompt.question('Type "yes" to delete it: ')
  prompt.close()
  if (answer.trim() !== 'yes') throw new Trouble('Nothing was deleted.')
}

try {
  await reset()
} catch (error) {
  reportFailure(error)
}
process.exit()

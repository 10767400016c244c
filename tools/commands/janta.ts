import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { holderOf } from '../lock.mjs'
import { readGiven, serverEnvironment } from '../local/environment.ts'
import { keptPort, keptSecrets, rememberedPort } from '../local/kept.ts'
import { serverMain } from '../local/stack.ts'
import { storagePart, storageUrl } from '../local/storage.ts'
import { bootstrapDatabase } from '../postgres/bootstrap.ts'
import { startPostgres } from '../postgres/index.ts'
import { jantaDir, startLock } from '../project.ts'
import { createSupervisor } from '../supervisor/index.ts'
import { reportFailure } from '../trouble.ts'

const quietly = () => undefined
const note = (line: string) => console.error(line)

/** The operator's commands against this machine's pharmacy, whether it is running or not. */
async function janta(): Promise<number> {
  const given = readGiven(process.env)
  const secrets = keptSecrets(jantaDir)
  const publicUrl = `http://localhost:${rememberedPort(jantaDir, 'front') ?? 4300}`
  const isOpen = (await holderOf(startLock)) !== undefined
  const pidFile = path.join(jantaDir, `children-${process.pid}.json`)
  const supervisor = createSupervisor({ pidFile, say: quietly })
  const postgres = given.database
    ? undefined
    : await startPostgres({
        dir: path.join(jantaDir, 'postgres'),
        durable: true,
        preferredPort: 4340,
        say: note,
      })
  try {
    let storage: string | undefined
    if (!given.storage) {
      const running = isOpen ? rememberedPort(jantaDir, 's3') : undefined
      const port = running ?? (await keptPort(jantaDir, 's3', 4330, note))
      if (running === undefined) {
        await supervisor.start(storagePart({ home: jantaDir, port, secrets, origins: [publicUrl] }))
      }
      storage = storageUrl(port)
    }
    const database = postgres
      ? await bootstrapDatabase(postgres.adminUrl)
      : (process.env as { DATABASE_URL: string; DATABASE_OWNER_URL: string })
    const env = serverEnvironment({
      env: { LOG_LEVEL: 'warn', ...process.env },
      database,
      storageUrl: storage,
      gatewayPort: given.gateway ? undefined : rememberedPort(jantaDir, 'gateway'),
      secrets,
      publicUrl,
      port: 0,
    })
    if (process.argv[2] === 'drill' && postgres) {
      Object.assign(env, await emptyForDrill(postgres.adminUrl))
    }
    return await runServer(env)
  } finally {
    await supervisor.stop()
    await postgres?.stop()
    rmSync(pidFile, { force: true })
  }
}

/** A database beside the pharmacy's, made anew each time: what a drill restores to. */
async function emptyForDrill(adminUrl: string): Promise<NodeJS.ProcessEnv> {
  const name = 'janta_drill'
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.end()
  const urls = await bootstrapDatabase(adminUrl, name)
  return {
    DRILL_DATABASE_URL: urls.DATABASE_URL,
    DRILL_DATABASE_OWNER_URL: urls.DATABASE_OWNER_URL,
  }
}

function runServer(env: NodeJS.ProcessEnv): Promise<number> {
  const args = [serverMain, ...process.argv.slice(2)]
  const child = spawn(process.execPath, args, { env, stdio: 'inherit' })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => child.kill(name))
  }
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', code => done(code ?? 1))
  })
}

try {
  process.exitCode = await janta()
} catch (error) {
  reportFailure(error)
}
process.exit()

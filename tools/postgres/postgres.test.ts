import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { identityOf, isGoneWithin, startOf } from '../living-process.ts'
import { Trouble } from '../trouble.ts'
import { deleteCluster, startPostgres } from './index.ts'
import type { Postgres, PostgresOptions } from './index.ts'

const isRoot = process.getuid?.() === 0
const root = mkdtempSync(path.join(os.tmpdir(), 'janta-postgres-'))
chmodSync(root, 0o755)
const homes: PostgresOptions[] = []
let made = 0

after(async () => {
  for (const options of homes) await deleteCluster(options)
  rmSync(root, { recursive: true, force: true })
})

test('a second start adopts the running server, and the last user to leave stops it', async () => {
  const options = newHome()
  const first = await startPostgres(options)
  const second = await startPostgres(options)
  assert.equal(first.adopted, false)
  assert.equal(second.adopted, true)
  assert.equal(second.pid, first.pid)
  assert.match(await value(first, 'show server_version'), /^17\./)

  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(other, 'spawn')
  const lease = path.join(options.dir, 'users', String(other.pid))
  writeFileSync(lease, startOf(other.pid ?? 0) ?? '')
  await first.stop()
  assert.equal(first.isAlive(), true, 'another living process still uses it')

  other.kill('SIGKILL')
  await once(other, 'exit')
  await first.stop()
  assert.equal(first.isAlive(), false)
})

test('many processes asking at once get one server', async () => {
  const options = newHome()
  const script = `
    import { startPostgres } from ${JSON.stringify(path.join(import.meta.dirname, 'index.ts'))}
    console.log((await startPostgres({ dir: process.argv[1], durable: false })).pid)`
  const pids = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, options.dir])
      let text = ''
      child.stdout.on('data', part => (text += part))
      child.stderr.pipe(process.stderr)
      await once(child, 'close')
      return Number(text)
    }),
  )
  assert.equal(new Set(pids).size, 1, `one postmaster, not ${pids.join(', ')}`)
  assert.ok((pids[0] ?? 0) > 1)
})

test('a postmaster killed with -9 comes back on the same port with every committed row', async () => {
  const options = { ...newHome(), durable: true }
  const first = await startPostgres(options)
  await value(first, 'create table kept as select n from generate_series(1, 1000) n returning 1')
  await kill(first)
  const second = await startPostgres(options)
  assert.equal(second.adopted, false)
  assert.equal(second.port, first.port)
  assert.equal(await value(second, 'select count(*) from kept'), '1000')
})

test('a postmaster.pid whose pid now belongs to a stranger does not block the start', async () => {
  const options = newHome()
  const first = await startPostgres(options)
  const pidFile = path.join(first.dataDir, 'postmaster.pid')
  await kill(first)
  const stranger = spawn('sleep', ['60'], isRoot ? nobody() : {})
  await once(stranger, 'spawn')
  const lines = readFileSync(pidFile, 'utf8').split('\n')
  writeFileSync(pidFile, [String(stranger.pid), ...lines.slice(1)].join('\n'))
  const second = await startPostgres(options)
  assert.equal(second.adopted, false)
  assert.equal(await value(second, 'select 1'), '1')
  assert.notEqual(startOf(stranger.pid ?? 0), undefined, 'the stranger was left alone')
  stranger.kill()
})

test('a taken port is named and the next free one is used and remembered', async () => {
  const blocker = net.createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  const { port: taken } = blocker.address() as net.AddressInfo
  const said: string[] = []
  const options = {
    ...newHome(),
    preferredPort: taken,
    say: (line: string) => void said.push(line),
  }
  const first = await startPostgres(options)
  assert.ok(first.port > taken)
  assert.ok(
    said.some(line => line.includes(`Port ${taken} is taken`)),
    said.join('\n'),
  )
  await first.stop()
  blocker.close()
  assert.equal((await startPostgres(options)).port, first.port)
})

test('a server that does not know our password is not taken for ours', async () => {
  const options = newHome()
  const first = await startPostgres(options)
  const passwordFile = path.join(options.dir, 'password')
  const password = readFileSync(passwordFile, 'utf8')
  writeFileSync(passwordFile, 'another')
  await assert.rejects(startPostgres(options), (error: Error) => {
    assert.ok(error instanceof Trouble)
    assert.match(error.message, /does not know our password/)
    return true
  })
  writeFileSync(passwordFile, password)
  assert.equal((await startPostgres(options)).pid, first.pid)
})

test('a broken test cluster is made anew, a broken durable one is kept and explained', async () => {
  const options = newHome()
  const first = await startPostgres(options)
  const control = path.join(first.dataDir, 'global', 'pg_control')
  await first.stop()
  writeFileSync(control, 'torn')
  await assert.rejects(startPostgres({ ...options, durable: true }), Trouble)
  assert.equal(readFileSync(control, 'utf8'), 'torn', 'nothing was thrown away')
  assert.equal(await value(await startPostgres(options), 'select 1'), '1')
})

test('passwords are for their owner only and the server listens on this machine only', async () => {
  const options = newHome()
  const server = await startPostgres(options)
  assert.equal(statSync(path.join(options.dir, 'password')).mode & 0o777, 0o600)
  assert.equal(await value(server, 'show listen_addresses'), '127.0.0.1')
  assert.equal(await value(server, 'show unix_socket_directories'), '')
  assert.notEqual(
    await value(server, `select array_length(show_trgm('पेरासिटामोल'), 1)`, 'pg_trgm'),
    null,
  )
})

test('inside a folder only root can enter, root still gets a server', async t => {
  const locked = newHome()
  if (isRoot) {
    // A parent as closed as /root is on most machines.
    chmodSync(path.dirname(path.dirname(locked.dir)), 0o700)
  }
  const server = await startPostgres(locked)
  assert.equal(await value(server, 'select 1'), '1')
  assert.equal(server.strategy === 'direct', !isRoot)
  t.diagnostic(`strategy: ${server.strategy}`)
})

test('without user namespaces the server and its data move where they can be reached', async () => {
  const base = newHome()
  const shelter = path.join(root, 'shelter')
  const options: PostgresOptions = isRoot ? { ...base, shelter, strategies: ['copy'] } : base
  homes.push(options)
  if (isRoot) {
    chmodSync(path.dirname(path.dirname(base.dir)), 0o700)
    const before = await startPostgres({ ...base, shelter })
    await value(before, 'create table kept as select 1 returning 1')
    await before.stop()
  }
  const server = await startPostgres(options)
  if (isRoot) {
    assert.equal(server.strategy, 'copy')
    assert.ok(server.dataDir.startsWith(shelter))
    assert.equal(await value(server, 'select count(*) from kept'), '1', 'the rows moved along')
    await server.stop()
    assert.equal((await startPostgres({ ...base, shelter })).dataDir, server.dataDir)
  }
  await deleteCluster(options)
  assert.equal(existsSync(server.dataDir), false)
})

test('a folder that cannot be written is said in a sentence', async () => {
  const file = path.join(root, 'a-file')
  writeFileSync(file, '')
  await assert.rejects(
    startPostgres({ dir: path.join(file, 'home'), durable: false }),
    /cannot be written/,
  )
})

function newHome(): PostgresOptions {
  const dir = path.join(root, `project-${++made}`, '.janta', 'postgres')
  mkdirSync(dir, { recursive: true })
  const options = { dir, durable: false }
  homes.push(options)
  return options
}

function nobody() {
  const [uid, gid] = ['-u', '-g'].map(flag => Number(execFileSync('id', [flag, 'nobody'])))
  return { uid, gid } as { uid: number; gid: number }
}

async function kill(server: Postgres): Promise<void> {
  const identity = identityOf(server.pid)
  assert.ok(identity)
  process.kill(server.pid, 'SIGKILL')
  assert.ok(await isGoneWithin(identity, 5_000))
}

async function value(server: Postgres, sql: string, extension?: string): Promise<string> {
  const client = new pg.Client({ connectionString: server.adminUrl })
  await client.connect()
  try {
    if (extension) await client.query(`create extension if not exists ${extension}`)
    const query = sql.replace(/ returning 1$/, '')
    const { rows } = await client.query({ text: query, rowMode: 'array' })
    return String((rows as unknown[][])[0]?.[0])
  } finally {
    await client.end()
  }
}

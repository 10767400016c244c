import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { once } from 'node:events'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive } from '../living-process.ts'
import { deleteCluster } from '../postgres/index.ts'
import { findRunning } from '../postgres/running.ts'
import type { WrittenProcess } from '../supervisor/left-overs.ts'
import { Trouble } from '../trouble.ts'
import { createStack } from './stack.ts'
import type { StackOptions } from './stack.ts'

const root = mkdtempSync(path.join(os.tmpdir(), 'janta-stack-'))
const counterDir = path.join(root, 'counter')
mkdirSync(counterDir)
writeFileSync(path.join(counterDir, 'index.html'), 'the counter')
const standIns = path.join(import.meta.dirname, '..', 'stand-ins')
const homes: string[] = []
const waitMs = 20_000
for (const name of ['DATABASE_URL', 'S3_ENDPOINT', 'GATEWAY_KEY_ID', 'JANTA_MODE', 'NODE_ENV'])
  delete process.env[name]

after(async () => {
  for (const home of homes) await deleteCluster({ dir: path.join(home, 'postgres') })
  rmSync(root, { recursive: true, force: true })
})

test('everything starts, is reached through one address, and leaves no process behind', async t => {
  const { options } = newStack()
  const stack = createStack(options)
  t.after(() => stack.stop())
  const { publicUrl, sample } = await stack.start()
  assert.match(await textOf(`${publicUrl}/medicines`), /^shop of http:\/\/127\.0\.0\.1:\d+$/)
  assert.match(await textOf(`${publicUrl}/api/visits`), /^visit \d+$/)
  assert.equal(await textOf(`${publicUrl}/counter/orders`), 'the counter')
  assert.deepEqual(JSON.parse(sample), {
    logins: [{ role: 'pharmacist', email: 'asha@example.in' }],
  })
  assert.equal(statSync(path.join(options.home, 'secrets.json')).mode & 0o777, 0o600)

  const children = childrenOf(options)
  const names = children.map(child => child.name).toSorted()
  assert.deepEqual(names, ['gateway', 's3', 'shop', 'web', 'worker'])
  await stack.stop()
  assert.deepEqual(children.filter(isAlive), [])
  assert.equal(postmasterOf(options), undefined)
  await assert.rejects(fetch(publicUrl))
})

test('a killed database and a killed server come back by themselves with the rows kept', async t => {
  const { options, lines } = newStack()
  const stack = createStack({ ...options, durable: true })
  t.after(() => stack.stop())
  const { publicUrl } = await stack.start()
  const visits = async () => Number((await textOf(`${publicUrl}/api/visits`)).split(' ')[1])
  assert.equal(await visits(), 0)

  const postmaster = postmasterOf(options)
  assert.ok(postmaster)
  process.kill(postmaster.pid, 'SIGKILL')
  await until(() => lines.includes('postgres is back'))
  assert.equal(await visits(), 1)

  const web = childrenOf(options).find(child => child.name === 'web')
  assert.ok(web)
  process.kill(web.pid, 'SIGKILL')
  await until(() => lines.includes('web is back'))
  assert.equal(await visits(), 2)
  await stack.stop()

  const again = createStack({ ...options, durable: true })
  t.after(() => again.stop())
  const second = await again.start()
  assert.equal(second.publicUrl, publicUrl, 'the address stays the same')
  assert.equal(Number((await textOf(`${publicUrl}/api/visits`)).split(' ')[1]), 3)
  await again.stop()
})

test('a taken port is said and the next one is used', async t => {
  const blocker = net.createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  const { port } = blocker.address() as net.AddressInfo
  const { options, lines } = newStack()
  const stack = createStack({ ...options, firstPort: port })
  t.after(() => stack.stop())
  const { publicUrl } = await stack.start()
  assert.notEqual(new URL(publicUrl).port, String(port))
  assert.ok(lines.some(line => line.startsWith(`front Port ${port} is taken: using `)))
  await stack.stop()
  blocker.close()
})

test('a server with a wrong configuration stops the start with its own words', async () => {
  const { options } = newStack()
  assert.ok(options.programs)
  const wrong = path.join(root, 'wrong.ts')
  writeFileSync(wrong, `console.error('PUBLIC_URL must be https'); process.exit(78)`)
  const stack = createStack({ ...options, programs: { ...options.programs, server: wrong } })
  await assert.rejects(stack.start(), (error: Error) => {
    assert.ok(error instanceof Trouble)
    assert.match(error.message, /prepare ended with 78:\nPUBLIC_URL must be https/)
    return true
  })
  await stack.stop()
  assert.deepEqual(childrenOf(options), [])
  assert.equal(postmasterOf(options), undefined)
})

test('a stop in the middle of a start leaves nothing running', async () => {
  const { options } = newStack()
  const stack = createStack(options)
  const starting = stack.start()
  starting.catch(() => undefined)
  await until(() => childrenOf(options).length > 0)
  const children = childrenOf(options)
  await stack.stop()
  await assert.rejects(starting)
  assert.deepEqual([...children, ...childrenOf(options)].filter(isAlive), [])
  assert.equal(postmasterOf(options), undefined)
})

function newStack(): { options: StackOptions; lines: string[] } {
  const home = path.join(root, `home-${homes.length}`)
  mkdirSync(home)
  homes.push(home)
  const lines: string[] = []
  const programs = {
    server: path.join(standIns, 'server.ts'),
    shop: path.join(standIns, 'shop.ts'),
    counterDir,
    build: async () => undefined,
  }
  const say = (name: string, line: string) => void lines.push(`${name} ${line}`)
  return { options: { home, durable: false, firstPort: 0, say, programs }, lines }
}

function childrenOf({ home }: StackOptions): WrittenProcess[] {
  try {
    return JSON.parse(readFileSync(path.join(home, 'children.json'), 'utf8')) as WrittenProcess[]
  } catch {
    return []
  }
}

function postmasterOf({ home }: StackOptions) {
  return findRunning(path.join(home, 'postgres', 'data'))
}

async function textOf(url: string): Promise<string> {
  const reply = await fetch(url)
  assert.equal(reply.status, 200, `${url} answered ${reply.status}`)
  return await reply.text()
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + waitMs
  while (!isSo()) {
    assert.ok(Date.now() < deadline, 'it did not happen in time')
    await pause(20)
  }
}

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { identityOf, isAlive, isGoneWithin, membersOfGroup } from '../living-process.ts'
import { Trouble } from '../trouble.ts'
import { createSupervisor } from './index.ts'
import type { Part } from './index.ts'
import { endLeftOvers, writeChildren } from './left-overs.ts'
import type { WrittenProcess } from './left-overs.ts'
import { readableLine } from './readable-line.ts'

const dir = mkdtempSync(path.join(os.tmpdir(), 'janta-supervisor-'))
let made = 0

after(() => rmSync(dir, { recursive: true }))

test('parts stop in reverse order and a grandchild does not outlive its part', async () => {
  const { supervisor, pidFile, lines } = newSupervisor()
  const script = `
    const { spawn } = require('node:child_process')
    const helper = spawn('sleep', ['60'])
    process.on('SIGTERM', () => { console.log('bye'); process.exit() })
    console.log('helper ' + helper.pid)
    setInterval(() => {}, 1000)`
  const saidHelper = (name: string) => lines.find(one => one.startsWith(`${name} helper`))
  for (const name of ['first', 'second']) {
    const isReady = async () => saidHelper(name) !== undefined
    await supervisor.start({ ...node(name, script), isReady })
  }
  const leaders = written(pidFile)
  assert.deepEqual(
    leaders.map(one => one.name),
    ['first', 'second'],
  )
  await supervisor.stop()
  assert.deepEqual(
    lines.filter(line => line.endsWith('bye')),
    ['second bye', 'first bye'],
  )
  assert.deepEqual(
    leaders.flatMap(leader => membersOfGroup(leader.pid)),
    [],
  )
  assert.deepEqual(written(pidFile), [])
})

test('a part that is ended is not brought back, and another may take its name', async () => {
  const { supervisor, pidFile, lines } = newSupervisor()
  const script = `process.on('SIGTERM', () => process.exit()); setInterval(() => {}, 1000)`
  await supervisor.start(node('guest', script))
  const [before] = written(pidFile)
  await supervisor.end('guest')
  assert.deepEqual(written(pidFile), [])
  await supervisor.start(node('guest', script))
  assert.notEqual(written(pidFile)[0]?.pid, before?.pid)
  await supervisor.end('nobody')
  await supervisor.stop()
  assert.deepEqual(written(pidFile), [])
  assert.ok(!lines.some(line => line.includes('starting it again')), lines.join('\n'))
})

test('a part that crashes comes back; one that keeps crashing is given up, with the reason', async () => {
  const { supervisor, lines } = newSupervisor()
  const counted = path.join(dir, 'crashes')
  writeFileSync(counted, '')
  const script = `
    const fs = require('node:fs')
    fs.appendFileSync(${JSON.stringify(counted)}, 'x')
    setTimeout(() => process.exit(7), 20)`
  await supervisor.start(node('weak', script))
  const trouble = await supervisor.broken
  assert.ok(trouble instanceof Trouble)
  assert.match(trouble.message, /weak ended with 7/)
  assert.equal(readFileSync(counted, 'utf8').length, 6)
  assert.ok(lines.some(line => line.includes('starting it again')))
  await supervisor.stop()
})

test('a part that ends before it is ready is refused with its last words', async () => {
  const { supervisor } = newSupervisor()
  const part = node('wrong', `console.error('PUBLIC_URL is missing'); process.exit(1)`)
  const starting = supervisor.start({ ...part, isReady: async () => false })
  await assert.rejects(starting, /wrong ended with 1 before it was ready:\nPUBLIC_URL is missing/)
  await supervisor.stop()
})

test('a part that ignores the request to stop is made to', async () => {
  const { supervisor, pidFile, lines } = newSupervisor()
  const script = `process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000)`
  const isReady = async () => lines.includes('stubborn deaf')
  await supervisor.start({ ...node('stubborn', script), isReady, stopMs: 200 })
  const [leader] = written(pidFile)
  assert.ok(leader)
  await supervisor.stop()
  assert.equal(isAlive(leader), false)
})

test('what a killed supervisor left is ended by the next, and a recycled pid is left alone', async () => {
  const pidFile = path.join(dir, 'left.json')
  const supervisorScript = `
    import { createSupervisor } from ${JSON.stringify(path.join(import.meta.dirname, 'index.ts'))}
    const supervisor = createSupervisor({ pidFile: process.argv[1], say: () => {} })
    await supervisor.start({ name: 'orphan', args: ['-e', 'setInterval(() => {}, 1000)'], env: process.env })
    console.log('up')`
  const killed = spawn(process.execPath, ['--input-type=module', '-e', supervisorScript, pidFile])
  await once(killed.stdout, 'data')
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const [orphan] = written(pidFile)
  assert.ok(orphan && isAlive(orphan))

  const stranger = spawn('sleep', ['60'], { detached: true })
  await once(stranger, 'spawn')
  const strangerPid = stranger.pid ?? 0
  writeChildren(pidFile, [orphan, { name: 'old', pid: strangerPid, startedAt: 'another boot:1' }])
  assert.deepEqual(await endLeftOvers(pidFile), ['orphan'])
  assert.equal(isAlive(orphan), false)
  assert.notEqual(identityOf(strangerPid), undefined)
  stranger.kill()
})

test('a supervising process ends with its parts on Ctrl-C and when its parent dies', async () => {
  const scriptFile = path.join(dir, 'supervise.ts')
  const here = JSON.stringify(import.meta.dirname)
  writeFileSync(
    scriptFile,
    `const { createSupervisor } = await import(${here} + '/index.ts')
     const { onStopRequest } = await import(${here} + '/stop-requests.ts')
     const supervisor = createSupervisor({ pidFile: process.argv[2], say: () => {} })
     onStopRequest(() => void supervisor.stop().then(() => process.exit(0)), () => supervisor.kill())
     await supervisor.start({ name: 'child', args: ['-e', 'setInterval(() => {}, 1000)'], env: process.env })
     console.log('up ' + process.pid)`,
  )
  for (const way of ['SIGINT', 'parent'] as const) {
    const pidFile = path.join(dir, `way-${way}.json`)
    const command = `"${process.execPath}" "${scriptFile}" "${pidFile}"; true`
    const shell = spawn('sh', ['-c', command])
    const [line] = (await once(shell.stdout, 'data')) as [Buffer]
    const boss = identityOf(Number(String(line).split(' ')[1]))
    const [child] = written(pidFile)
    assert.ok(boss && child)
    if (way === 'SIGINT') process.kill(boss.pid, 'SIGINT')
    else shell.kill('SIGKILL')
    assert.ok(await isGoneWithin(boss, 10_000), `the supervisor after ${way}`)
    assert.equal(isAlive(child), false, `its child after ${way}`)
  }
})

test('a JSON log line is shown as its message and its error, anything else as it is', () => {
  assert.equal(readableLine('{"level":30,"msg":"listening","token":"secret"}'), 'listening')
  assert.equal(
    readableLine(
      '{"level":30,"msg":"answered","method":"GET","route":"/api/packs/:id","status":200,"url":"/api/packs/7"}',
    ),
    'answered GET /api/packs/:id 200',
  )
  assert.equal(
    readableLine('{"level":50,"msg":"failed","err":{"message":"gone"}}'),
    'error: failed\ngone',
  )
  assert.equal(readableLine('{"level":30,"msg":"figure","figure":"orders","value":3}'), null)
  assert.equal(readableLine('plain {words}'), 'plain {words}')
  assert.equal(readableLine('{"torn'), '{"torn')
})

function newSupervisor() {
  const pidFile = path.join(dir, `children-${++made}.json`)
  const lines: string[] = []
  const say = (name: string, line: string) => void lines.push(`${name} ${line}`)
  return { supervisor: createSupervisor({ pidFile, say, backOffMs: 5 }), pidFile, lines }
}

function node(name: string, script: string): Part {
  return { name, args: ['-e', script], env: process.env }
}

function written(pidFile: string): WrittenProcess[] {
  return JSON.parse(readFileSync(pidFile, 'utf8')) as WrittenProcess[]
}

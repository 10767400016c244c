import { createHash } from 'node:crypto'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import fs from 'node:fs'

// Plain JavaScript because tools/run.mjs uses it on Node 20, before Node 24 is installed.
// The lock is a listening socket, so the kernel gives it up however its holder dies: there is no
// stale lock file to judge and no recycled pid to mistake for the holder.

const waitStepMs = 50
const answerWaitMs = 2_000

/**
 * Takes the lock called `name`, waiting at most `waitMs` (0: do not wait).
 * Returns `undefined` when another process kept it for the whole wait.
 * `onWait` is called once, with the holder's pid, when the lock is busy at first.
 */
export async function takeLock(name, { waitMs = 0, onWait } = {}) {
  const address = addressOf(name)
  const deadline = Date.now() + waitMs
  let told = false
  for (;;) {
    const server = await listen(address)
    if (server) return { release: () => new Promise(done => server.close(() => done())) }
    const pid = await holderOf(name)
    if (pid === undefined) clearLeftover(address)
    else if (!told && onWait) {
      told = true
      onWait(pid)
    }
    if (Date.now() >= deadline && pid !== undefined) return undefined
    await new Promise(done => setTimeout(done, waitStepMs))
  }
}

/**
 * The pid of the process that holds the lock, or `undefined` when nobody does.
 * A holder too busy to answer is reported as pid 0.
 */
export function holderOf(name) {
  return new Promise(done => {
    const socket = net.connect(addressOf(name))
    let text = ''
    socket.setEncoding('utf8').setTimeout(answerWaitMs, () => socket.destroy())
    socket.on('data', part => (text += part))
    socket.on('error', () => done(undefined))
    socket.on('close', () => done(Number(text)))
  })
}

function addressOf(name) {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 32)
  if (process.platform === 'linux') return `\0janta-${digest}`
  return path.join(os.tmpdir(), `janta-${digest}.sock`)
}

function listen(address) {
  return new Promise((done, fail) => {
    const server = net.createServer(socket => {
      socket.on('error', () => undefined)
      socket.end(String(process.pid))
    })
    server.unref()
    server.once('error', error => (error.code === 'EADDRINUSE' ? done(undefined) : fail(error)))
    server.listen(address, () => done(server))
  })
}

// Only a platform without abstract sockets leaves a file behind when the holder is killed.
function clearLeftover(address) {
  if (!address.startsWith('\0')) fs.rmSync(address, { force: true })
}

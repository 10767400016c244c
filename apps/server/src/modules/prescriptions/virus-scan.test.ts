import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { scanForViruses, ScannerUnavailable } from './virus-scan.ts'

/** clamd is an outside daemon; this speaks its INSTREAM command as strictly as it does, and knows one "virus". */
function startClamd(answer: (bytes: Buffer, socket: Socket) => void): Server {
  return createServer(socket => {
    let got = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (more: Buffer) => {
      got = Buffer.concat([got, more])
      const command = got.indexOf(0)
      if (command < 0) return
      if (got.toString('latin1', 0, command) !== 'zINSTREAM') {
        socket.end('UNKNOWN COMMAND\0')
        return
      }
      const pieces: Buffer[] = []
      for (let at = command + 1; at + 4 <= got.length; ) {
        const length = got.readUInt32BE(at)
        if (length === 0) return answer(Buffer.concat(pieces), socket)
        if (at + 4 + length > got.length) return
        pieces.push(got.subarray(at + 4, at + 4 + length))
        at += 4 + length
      }
    })
  })
}

const strict = startClamd((bytes, socket) =>
  socket.end(bytes.includes('HARMFUL') ? 'stream: Sample.Test FOUND\0' : 'stream: OK\0'),
)
const servers: Server[] = [strict]
after(() => {
  for (const server of servers) server.close()
})

async function listen(server: Server): Promise<string> {
  if (!servers.includes(server)) servers.push(server)
  if (!server.listening) await new Promise<void>(done => void server.listen(0, '127.0.0.1', done))
  return `tcp://127.0.0.1:${(server.address() as { port: number }).port}`
}

test('a file goes through whole, in pieces, over TCP', async () => {
  const url = await listen(strict)
  assert.equal(await scanForViruses(url, Buffer.alloc(300_000, 65)), 'clean')
  const harmful = Buffer.concat([Buffer.alloc(65_533, 65), Buffer.from('HARMFUL')])
  assert.equal(await scanForViruses(url, harmful), 'infected')
  assert.equal(await scanForViruses(url, Buffer.alloc(0)), 'clean')
})

test('and over a Unix socket', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'clamd-'))
  const server = startClamd((_, socket) => socket.end('stream: OK\0'))
  servers.push(server)
  const file = path.join(folder, 'clamd.ctl')
  await new Promise<void>(done => void server.listen(file, done))
  assert.equal(await scanForViruses(`unix:${file}`, Buffer.from('x')), 'clean')
  await rm(folder, { recursive: true, force: true })
})

test('a scanner that is away, hangs up, says something else or nothing is no verdict', async () => {
  const unavailable = (url: string, msMax?: number) =>
    assert.rejects(scanForViruses(url, Buffer.from('x'), msMax), ScannerUnavailable)
  await unavailable('tcp://127.0.0.1:9')
  await unavailable(await listen(startClamd((_, socket) => socket.destroy())))
  await unavailable(
    await listen(startClamd((_, socket) => socket.end('INSTREAM size limit exceeded. ERROR\0'))),
  )
  await unavailable(await listen(startClamd(() => undefined)), 100)
  await unavailable(await listen(startClamd((_, socket) => socket.write('x'.repeat(5_000)))))
})

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '@janta/tools/free-port'
import { findRedis } from '@janta/tools/redis'

export interface TestRedis {
  readonly server: ChildProcess
  readonly url: string
  /** Kills it, unless the test did. */
  stop(): Promise<void>
}

/** A real Redis that keeps nothing on disk, on a port of its own. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort()
  const program = await findRedis()
  const server = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const part of server.stdout!) {
    said += String(part)
    if (/ready to accept connections/i.test(said)) break
  }
  return {
    server,
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return
      server.kill('SIGKILL')
      await once(server, 'exit')
    },
  }
}

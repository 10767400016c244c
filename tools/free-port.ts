import net from 'node:net'
import { Trouble } from './trouble.ts'

const portsTriedMax = 50

/**
 * A TCP port nobody listens on, `preferred` if it can be had, else the next free one above it.
 * 0 asks the kernel for any. The port is free at the moment of asking: whoever binds it must still
 * be ready to be beaten to it.
 */
export async function freePort(preferred = 0): Promise<number> {
  if (preferred === 0) return await tryListen(0)
  for (let port = preferred; port < preferred + portsTriedMax && port < 65_536; port++) {
    if (await isFree(port)) return port
  }
  throw new Trouble(
    `Ports ${preferred} to ${preferred + portsTriedMax - 1} are all taken. Stop what uses them, or set another port.`,
  )
}

// A listener on every address (0.0.0.0 or ::) does not always clash with 127.0.0.1, yet a browser
// that asks for "localhost" may reach it first: a port counts as free only on both.
async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    try {
      await tryListen(port, host)
    } catch {
      return false
    }
  }
  return true
}

function tryListen(port: number, host = '127.0.0.1'): Promise<number> {
  return new Promise((done, fail) => {
    const server = net.createServer()
    server.once('error', fail)
    server.listen({ port, host, exclusive: true }, () => {
      const { port: given } = server.address() as net.AddressInfo
      server.close(() => done(given))
    })
  })
}

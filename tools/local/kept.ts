import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { freePort } from '../free-port.ts'
import { Trouble } from '../trouble.ts'

// What one machine remembers between starts, in a folder git ignores.

export interface Secrets {
  s3AccessKeyId: string
  s3SecretAccessKey: string
  /** Keys the server's HMACs: changing it signs everybody out. */
  secretKey: string
  gatewayKeyId: string
  gatewayKeySecret: string
  /** Signs webhooks; never the same as the key's. */
  gatewayWebhookSecret: string
}

export type PortName = 'front' | 'server' | 'shop' | 's3' | 'gateway'

/** The secrets of this machine, made on first use and readable by their owner only. */
export function keptSecrets(home: string): Secrets {
  const file = path.join(home, 'secrets.json')
  const kept = existsSync(file) ? readJson<Partial<Secrets>>(file) : {}
  const secrets: Secrets = { ...drawSecrets(), ...kept }
  // A part that came later than this machine's first start finds its secrets missing.
  if (Object.keys(secrets).length > Object.keys(kept).length) writeJson(file, secrets)
  return secrets
}

function drawSecrets(): Secrets {
  return {
    s3AccessKeyId: `JANTA${randomBytes(8).toString('hex').toUpperCase()}`,
    s3SecretAccessKey: randomBytes(20).toString('hex'),
    secretKey: randomBytes(32).toString('hex'),
    gatewayKeyId: `rzp_local_${randomBytes(7).toString('hex')}`,
    gatewayKeySecret: randomBytes(20).toString('hex'),
    gatewayWebhookSecret: randomBytes(20).toString('hex'),
  }
}

/**
 * A free port for one part: the one it had last time, else `preferred`, else the next one up, which
 * is said. The choice is remembered, so that an address in a bookmark stays good.
 */
export async function keptPort(
  home: string,
  name: PortName,
  preferred: number,
  say: (line: string) => void,
): Promise<number> {
  const wanted = rememberedPort(home, name) ?? preferred
  const port = await freePort(wanted)
  if (wanted !== 0 && port !== wanted) say(`Port ${wanted} is taken: using ${port} for the ${name}`)
  const file = path.join(home, 'ports.json')
  writeJson(file, { ...(existsSync(file) ? readJson<object>(file) : {}), [name]: port })
  return port
}

export function rememberedPort(home: string, name: PortName): number | undefined {
  const file = path.join(home, 'ports.json')
  return existsSync(file) ? readJson<Record<string, number>>(file)[name] : undefined
}

function readJson<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch (cause) {
    throw new Trouble(`${file} cannot be read. Mend it, or run "npm run reset" to start anew.`, {
      cause,
    })
  }
}

function writeJson(file: string, value: object): void {
  mkdirSync(path.dirname(file), { recursive: true })
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, JSON.stringify(value, undefined, 2), { mode: 0o600 })
  renameSync(unfinished, file)
}

import { Trouble } from '../trouble.ts'
import { gatewaySettings } from './gateway-settings.ts'
import type { Secrets } from './kept.ts'

export const bucket = 'janta-local'
export const region = 'ap-south-1'

/** What is already given from outside, so that we start none of our own. */
export interface Given {
  database: boolean
  storage: boolean
  gateway: boolean
}

/**
 * Which parts the environment brings. Refuses half a setting, and a production one: these commands
 * make a pharmacy for one machine, with a sample in it.
 */
export function readGiven(env: NodeJS.ProcessEnv): Given {
  if (env['JANTA_MODE'] === 'production' || env['NODE_ENV'] === 'production') {
    throw new Trouble(
      'This command is for one machine and loads a sample, so it refuses to run in production mode. Unset JANTA_MODE and NODE_ENV, or run "node apps/server/src/main.ts web" as production does.',
    )
  }
  return {
    database: isWhole(env, ['DATABASE_URL', 'DATABASE_OWNER_URL']),
    storage: isWhole(env, ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY']),
    gateway: isWhole(env, ['GATEWAY_KEY_ID', 'GATEWAY_KEY_SECRET', 'GATEWAY_WEBHOOK_SECRET']),
  }
}

/** The server's settings on this machine; what the person set stays as it is. */
export function serverEnvironment(options: {
  env: NodeJS.ProcessEnv
  database: { DATABASE_URL: string; DATABASE_OWNER_URL: string }
  storageUrl: string | undefined
  /** Of our own gateway; undefined where one is given from outside. */
  gatewayPort: number | undefined
  secrets: Secrets
  publicUrl: string
  port: number
}): NodeJS.ProcessEnv {
  const { env, secrets } = options
  const storage = options.storageUrl
    ? {
        S3_ENDPOINT: options.storageUrl,
        S3_BUCKET: bucket,
        S3_ACCESS_KEY_ID: secrets.s3AccessKeyId,
        S3_SECRET_ACCESS_KEY: secrets.s3SecretAccessKey,
      }
    : {}
  const gateway =
    options.gatewayPort === undefined ? {} : gatewaySettings(options.gatewayPort, secrets)
  return {
    S3_REGION: region,
    SECRET_KEY: secrets.secretKey,
    ...env,
    ...options.database,
    ...storage,
    ...gateway,
    JANTA_MODE: env['JANTA_MODE'] ?? 'local',
    HOST: '127.0.0.1',
    PORT: String(options.port),
    PUBLIC_URL: options.publicUrl,
  }
}

function isWhole(env: NodeJS.ProcessEnv, names: string[]): boolean {
  const [first = '', ...rest] = names
  if (!env[first]) return false
  const missing = rest.filter(name => !env[name])
  if (missing.length === 0) return true
  throw new Trouble(
    `${first} is set, so ${missing.join(' and ')} must be set, too. Unset ${first} to let this command bring its own.`,
  )
}

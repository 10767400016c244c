import { readFileSync } from 'node:fs'
import { authorityFault, withAuthority } from '#kernel/database-authority'
import { type GatewayConfig, gatewayOf } from '#kernel/gateway-config'
import { smsOf, type SmsConfig } from '#kernel/sms-config'
import { bucketVariable, type FilePurpose, filePurposes } from '#kernel/file-purpose'

/** What a process needs to know, read once at start from the environment and never again. */
export interface Config {
  /** `local` shows sign-in codes on the page and sends nothing; `production` refuses to. */
  readonly mode: 'local' | 'test' | 'production'
  readonly host: string
  readonly port: number
  readonly publicUrl: string
  /** Where the counter answers, when it has a host of its own; its writing requests are ours, too. */
  readonly counterUrl: string | undefined
  readonly databaseUrl: string
  /** Present for `migrate` only: the role that owns the tables. */
  readonly databaseOwnerUrl: string | undefined
  readonly databaseCa: string | undefined
  /** An empty database beside the real one, where `drill` restores to. */
  readonly drill: {
    readonly databaseUrl?: string | undefined
    readonly ownerUrl?: string | undefined
  }
  readonly poolMax: number
  readonly readConnections: number
  /** Set where a streaming copy of the database answers reads of the public catalogue. */
  readonly databaseReplicaUrl: string | undefined
  readonly storage: {
    readonly endpoint: string | undefined
    readonly region: string
    readonly bucket: string
    /** The bucket of each purpose; `bucket` where none is named. */
    readonly buckets: Readonly<Record<FilePurpose, string>>
    /** Absent on AWS, where the task's role signs. */
    readonly accessKeyId: string | undefined
    readonly secretAccessKey: string | undefined
  }
  /** The payment gateway; absent where nobody pays online. */
  readonly gateway: GatewayConfig | undefined
  /** The SMS provider; absent where notices stand on the order alone. */
  readonly sms: SmsConfig | undefined
  /** Where clamd listens, `tcp://host:3310` or `unix:/path`; absent means uploads are not searched for viruses. */
  readonly clamdUrl: string | undefined
  /** Set where the processes share kept answers; nothing needs it. */
  readonly redisUrl: string | undefined
  /** Keys HMACs of codes and tokens; at least 32 characters. */
  readonly secretKey: string
  /** OTLP/HTTP collector for spans and metrics; absent means none are sent. */
  readonly otlpEndpoint: string | undefined
  /** Share of traces kept, in percent. */
  readonly tracePercent: number
  /** What this task may use, as its task definition says: 1024 CPU units are one vCPU. */
  readonly task: { readonly cpuUnits: number; readonly memoryMib: number }
  /** What is installed, as the settings of the infrastructure say it; the scaling advice starts from it. */
  readonly installation: {
    /** The prefix of its AWS names, such as `janta-launch`; present means CloudWatch is asked, too. */
    readonly name: string | undefined
    readonly databaseSize: 'micro' | 'small' | 'medium' | 'large'
    readonly isMultiAz: boolean
    readonly apiTasksLeast: number
    readonly hasCache: boolean
    readonly hasCdn: boolean
  }
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** Every wrong variable at once, so that one restart is enough to mend them all. Names, never values. */
export class ConfigError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map(problem => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

const modes = ['local', 'test', 'production'] as const
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const

/** Reads and checks the environment; throws `ConfigError` naming every variable that is missing or wrong. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const problems: string[] = []
  const read = reader(env, problems)
  const mode = read.oneOf('JANTA_MODE', modes, 'production')
  const config: Config = {
    mode,
    host: read.text('HOST', '0.0.0.0'),
    port: read.whole('PORT', { least: 0, most: 65_535, otherwise: 8080 }),
    publicUrl: read.url('PUBLIC_URL', ['http:', 'https:']),
    counterUrl: read.optionalUrl('COUNTER_URL', ['http:', 'https:']),
    databaseUrl: trusting(env, read.url('DATABASE_URL', ['postgres:', 'postgresql:'])),
    databaseOwnerUrl: trusting(
      env,
      read.optionalUrl('DATABASE_OWNER_URL', ['postgres:', 'postgresql:']),
    ),
    databaseCa: read.optionalFile('DATABASE_CA_FILE'),
    drill: {
      databaseUrl: trusting(
        env,
        read.optionalUrl('DRILL_DATABASE_URL', ['postgres:', 'postgresql:']),
      ),
      ownerUrl: trusting(
        env,
        read.optionalUrl('DRILL_DATABASE_OWNER_URL', ['postgres:', 'postgresql:']),
      ),
    },
    poolMax: read.whole('DATABASE_POOL_MAX', { least: 2, most: 50, otherwise: 10 }),
    readConnections: read.whole('DATABASE_READ_CONNECTIONS', { least: 1, most: 8, otherwise: 2 }),
    databaseReplicaUrl: trusting(
      env,
      read.optionalUrl('DATABASE_REPLICA_URL', ['postgres:', 'postgresql:']),
    ),
    storage: {
      endpoint: read.optionalUrl('S3_ENDPOINT', ['http:', 'https:']),
      region: read.text('S3_REGION', 'ap-south-1'),
      bucket: read.text('S3_BUCKET'),
      buckets: bucketsOf(env),
      accessKeyId: env.S3_ACCESS_KEY_ID || undefined,
      secretAccessKey: env.S3_SECRET_ACCESS_KEY || undefined,
    },
    gateway: gatewayOf(env, mode, problems),
    sms: smsOf(env, mode, problems),
    clamdUrl: read.optionalUrl('CLAMD_URL', ['tcp:', 'unix:']),
    redisUrl: read.optionalUrl('REDIS_URL', ['redis:', 'rediss:']),
    secretKey: read.text('SECRET_KEY'),
    otlpEndpoint: read.optionalUrl('OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:']),
    tracePercent: read.whole('TRACE_PERCENT', { least: 0, most: 100, otherwise: 10 }),
    task: {
      cpuUnits: read.whole('TASK_CPU_UNITS', { least: 128, most: 65_536, otherwise: 512 }),
      memoryMib: read.whole('TASK_MEMORY_MIB', { least: 128, most: 262_144, otherwise: 1024 }),
    },
    installation: {
      name: env.INSTALLATION || undefined,
      databaseSize: read.oneOf('DATABASE_SIZE', ['micro', 'small', 'medium', 'large'], 'small'),
      isMultiAz: read.oneOf('DATABASE_MULTI_AZ', ['yes', 'no'], 'yes') === 'yes',
      apiTasksLeast: read.whole('API_TASKS_LEAST', { least: 1, most: 100, otherwise: 2 }),
      hasCache: Boolean(env.REDIS_URL),
      hasCdn: mode === 'production',
    },
    logLevel: read.oneOf('LOG_LEVEL', logLevels, 'info'),
  }
  problems.push(...contradictionsIn(config))
  if (problems.length > 0) throw new ConfigError(problems)
  return Object.freeze(config)
}

function contradictionsIn({ databaseCa, secretKey, mode, publicUrl }: Config): string[] {
  const problems: string[] = []
  const fault = databaseCa === undefined ? undefined : authorityFault(databaseCa)
  if (fault) problems.push(`DATABASE_CA_FILE names a file that ${fault}`)
  if (secretKey && secretKey.length < 32) {
    problems.push('SECRET_KEY must have at least 32 characters')
  }
  if (mode === 'production' && publicUrl.startsWith('http:')) {
    problems.push(
      'PUBLIC_URL must be https in production, or no browser would keep the session cookie',
    )
  }
  return problems
}

/** Both addresses carry the authority, because migrations and jobs are given an address alone. */
function trusting<T extends string | undefined>(env: Record<string, string | undefined>, url: T) {
  const file = env.DATABASE_CA_FILE
  return file && url && URL.canParse(url) ? (withAuthority(url, file) as T) : url
}

function bucketsOf(env: Record<string, string | undefined>): Record<FilePurpose, string> {
  const named = filePurposes.map(one => [one, env[bucketVariable(one)] || env.S3_BUCKET || ''])
  return Object.fromEntries(named) as Record<FilePurpose, string>
}

function reader(env: Record<string, string | undefined>, problems: string[]) {
  const text = (name: string, otherwise?: string): string => {
    const value = env[name] || otherwise
    if (value === undefined) problems.push(`${name} is missing`)
    return value ?? ''
  }
  const checkUrl = (name: string, value: string, schemes: readonly string[]): string => {
    const url = URL.canParse(value) ? new URL(value) : undefined
    if (!url || !schemes.includes(url.protocol)) {
      problems.push(`${name} must be an address beginning with ${schemes.join(' or ')}//`)
    }
    return value
  }
  return {
    text,
    url: (name: string, schemes: readonly string[]): string => {
      const value = text(name)
      return value === '' ? '' : checkUrl(name, value, schemes)
    },
    optionalUrl: (name: string, schemes: readonly string[]): string | undefined => {
      const value = env[name] || undefined
      return value === undefined ? undefined : checkUrl(name, value, schemes)
    },
    optionalFile: (name: string): string | undefined => {
      const path = env[name] || undefined
      if (path === undefined) return undefined
      try {
        return readFileSync(path, 'utf8')
      } catch (cause) {
        problems.push(
          `${name} names a file that cannot be read (${(cause as NodeJS.ErrnoException).code})`,
        )
        return undefined
      }
    },
    whole: (name: string, limit: { least: number; most: number; otherwise: number }): number => {
      const value = env[name] ? Number(env[name]) : limit.otherwise
      if (!Number.isInteger(value) || value < limit.least || value > limit.most) {
        problems.push(`${name} must be a whole number from ${limit.least} to ${limit.most}`)
      }
      return value
    },
    oneOf: <const T extends string>(name: string, allowed: readonly T[], otherwise: T): T => {
      const value = env[name] || otherwise
      if (!allowed.includes(value as T))
        problems.push(`${name} must be one of ${allowed.join(', ')}`)
      return value as T
    },
  }
}

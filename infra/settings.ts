/** Sizes a Fargate task may have here: CPU units (1024 = one vCPU) and memory in MiB. */
export interface TaskSize {
  readonly cpu: 256 | 512 | 1024
  readonly memoryMiB: 512 | 1024 | 2048
}

/** How many copies of a service run, and how far target tracking may raise them. */
export interface ServiceScale extends TaskSize {
  readonly least: number
  readonly most: number
}

/** A worker that takes the jobs of some modules and no others. */
export interface SeparateWorker extends ServiceScale {
  readonly modules: readonly [string, ...string[]]
}

/**
 * Everything that differs between one installation and the next. A growth step is a change of one
 * field here; nothing else in this folder asks which environment it is building.
 */
export interface Environment {
  readonly name: string
  readonly account: string
  readonly region: string
  /** Written out, so that no synthesis ever asks AWS which zones exist. */
  readonly zones: readonly [string, string]
  readonly cidr: string
  readonly hosts: { readonly shop: string; readonly counter: string; readonly origin: string }
  readonly hostedZone: { readonly id: string; readonly name: string }
  /** Certificates are issued once by hand: the regional one for the load balancer, and one in us-east-1, where CloudFront looks. */
  readonly certificates: { readonly loadBalancer: string; readonly edge: string }
  /** The managed list `com.amazonaws.global.cloudfront.origin-facing` of the region. */
  readonly cloudFrontPrefixList: string
  /** The one repository, as owner/name, that may deploy, through the GitHub environment of the same name as this one. */
  readonly repository: string
  readonly operatorEmail: string
  readonly monthlyBudgetUsd: number
  /** The managed gateway costs about 39 USD a month more and removes the minutes a healing instance needs. */
  readonly egress: 'nat-instance' | 'nat-gateway'
  readonly database: {
    readonly size: 'micro' | 'small' | 'medium' | 'large'
    readonly storageGb: number
    readonly isMultiAz: boolean
    readonly hasReplica: boolean
  }
  readonly api: ServiceScale
  readonly worker: ServiceScale
  readonly shop: ServiceScale
  /** Jobs of these modules leave the worker and get services of their own, by name; none at launch. */
  readonly separateWorkers: Readonly<Record<string, SeparateWorker>>
  /** Off until the owner has an account with the payment gateway; then its three words are written before `runtime`. */
  readonly takesPayments: boolean
  /**
   * How customers are told by SMS: the provider's address, the header of six letters and the registered template of each
   * text (docs/guides/tell-customers.md). Our key there is written before `runtime`. Undefined: told on their pages only.
   */
  readonly textProvider:
    | {
        readonly url: string
        readonly header: string
        readonly templateIds: Readonly<Record<string, string>>
      }
    | undefined
  readonly hasCache: boolean
  readonly hasFirewall: boolean
  /** A clamd the owner runs inside this network, by its name; undefined: uploads are not searched for viruses. */
  readonly virusScanner: string | undefined
  /** Where an OTLP collector takes traces of shop, API and jobs, over HTTPS; undefined: nothing is traced. */
  readonly traceCollector: string | undefined
  /**
   * Where a second copy of the records lies: undefined, or Hyderabad, because health data stays in India. The
   * key is that of the stack `copy`, which is deployed there first.
   */
  readonly copyTo: { readonly region: 'ap-south-2'; readonly keyArn: string } | undefined
}

/** The prefix of every physical name of an environment. */
export const prefixOf = (environment: Environment): string => `janta-${environment.name}`

/** Names are fixed, not generated, so that a role can be limited to a bucket before the bucket exists. */
export const bucketName = (environment: Environment, purpose: string): string =>
  `${prefixOf(environment)}-${purpose}-${environment.account}`

/** A second copy has the same name and says what it is. */
export const copyBucketName = (environment: Environment, purpose: string): string =>
  `${prefixOf(environment)}-${purpose}-copy-${environment.account}`

/** Where browsers send files: what the pages' policy must allow (`*_UPLOAD_ORIGIN` of their builds). */
export const uploadOrigin = (environment: Environment): string =>
  `https://${bucketName(environment, 'quarantine')}.s3.${environment.region}.amazonaws.com`

/** The services of the server image, by the last part of their names. */
export const workerNames = (environment: Environment): string[] => [
  'worker',
  ...Object.keys(environment.separateWorkers).map(name => `worker-${name}`),
]

/** Where clamd listens. */
export const scannerPort = 3310

/** The address at which the task answers, beside the variable every program of ours reads. */
export const containerPort = 8080

import { smsTemplateNames } from '../packages/contracts/src/notices.ts'
import type { Environment } from './settings.ts'

/**
 * The launch installation: two API tasks, a worker, the server-rendered shop, a Multi-AZ database.
 * Account, addresses and certificates are examples; an owner writes their own before deploying.
 */
export const launch: Environment = {
  name: 'launch',
  account: '111122223333',
  region: 'ap-south-1',
  zones: ['ap-south-1a', 'ap-south-1b'],
  cidr: '10.20.0.0/16',
  hosts: {
    shop: 'janta.example.in',
    counter: 'counter.janta.example.in',
    origin: 'origin.janta.example.in',
  },
  hostedZone: { id: 'Z0EXAMPLE0JANTA', name: 'janta.example.in' },
  certificates: {
    loadBalancer:
      'arn:aws:acm:ap-south-1:111122223333:certificate/00000000-0000-4000-8000-000000000001',
    edge: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-4000-8000-000000000002',
  },
  cloudFrontPrefixList: 'pl-9aa247f3',
  repository: 'janta/pharmacy',
  operatorEmail: 'operator@janta.example.in',
  monthlyBudgetUsd: 190,
  egress: 'nat-instance',
  database: { size: 'small', storageGb: 20, isMultiAz: true, hasReplica: false },
  api: { cpu: 512, memoryMiB: 1024, least: 2, most: 6 },
  worker: { cpu: 512, memoryMiB: 1024, least: 1, most: 2 },
  shop: { cpu: 256, memoryMiB: 512, least: 2, most: 4 },
  separateWorkers: {},
  takesPayments: true,
  textProvider: undefined,
  hasCache: false,
  hasFirewall: false,
  virusScanner: undefined,
  traceCollector: undefined,
  copyTo: undefined,
}

/** A first pharmacy with a handful of customers: one zone can take the database down for an hour. */
export const pilot: Environment = {
  ...launch,
  name: 'pilot',
  cidr: '10.21.0.0/16',
  hosts: {
    shop: 'pilot.janta.example.in',
    counter: 'counter.pilot.janta.example.in',
    origin: 'origin.pilot.janta.example.in',
  },
  monthlyBudgetUsd: 150,
  database: { ...launch.database, isMultiAz: false },
  worker: { ...launch.worker, cpu: 256, memoryMiB: 512 },
  shop: { ...launch.shop, least: 1 },
  takesPayments: false,
}

/** Example numbers: an operator's portal gives one for each registered text. */
const exampleTemplates = Object.fromEntries(
  smsTemplateNames.map((name, at) => [name, String(1_107_000_000_000_000 + at)]),
)

/** Every growth step taken at once: not a recommendation, the proof that each setting builds. */
export const scaled: Environment = {
  ...launch,
  name: 'scaled',
  cidr: '10.22.0.0/16',
  hosts: {
    shop: 'scaled.janta.example.in',
    counter: 'counter.scaled.janta.example.in',
    origin: 'origin.scaled.janta.example.in',
  },
  monthlyBudgetUsd: 560,
  egress: 'nat-gateway',
  database: { ...launch.database, size: 'medium', hasReplica: true },
  api: { ...launch.api, least: 4, most: 12 },
  worker: { ...launch.worker, least: 2, most: 4 },
  separateWorkers: {
    files: { modules: ['imports'], cpu: 256, memoryMiB: 512, least: 1, most: 2 },
  },
  textProvider: {
    url: 'https://texts.janta.example.in/messages',
    header: 'JANTAP',
    templateIds: exampleTemplates,
  },
  hasCache: true,
  hasFirewall: true,
  virusScanner: 'clamd.janta-scaled.internal',
  traceCollector: 'https://traces.janta.example.in',
  copyTo: {
    region: 'ap-south-2',
    keyArn: 'arn:aws:kms:ap-south-2:111122223333:key/00000000-0000-4000-8000-000000000003',
  },
}

export const environments = { pilot, launch, scaled } as const

export type EnvironmentName = keyof typeof environments

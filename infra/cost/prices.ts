/** On-demand prices in US dollars before tax, each with where it was read and when. */

export type Region = 'ap-south-1' | 'us-east-1'

export interface Price {
  readonly usd: number
  readonly source: keyof typeof sources
}

/** Every place a price was read. `list` prices are published ones nobody read again for this file. */
export const sources = {
  billed: 'A Mumbai account, unit prices as billed, 16 September 2026',
  priceList: 'AWS Price List, version 20260925, read again 2 October 2026',
  mumbaiList: 'A published table of Mumbai list prices, 2026',
  vantage: 'vantage.sh/blog/fargate-pricing, read November 2026',
  published: 'Several published us-east-1 tables that agree, read November 2026',
  costRules: 'srdjanrist/get-infra-done, references/cost-rules.md, read November 2026',
  fckNat: 'github.com/AndrewGuenther/fck-nat, read November 2026',
  billedSecrets: 'Three secrets billed 1.20 in a Mumbai account, 2026',
  halfOfMicro: 'Half of t4g.micro in the AWS Price List of 25 September 2026: derived',
  double: 'Twice the single-zone price, as AWS charges for Multi-AZ: derived',
  twice: 'Twice the size below, as every size of the T4g family costs: derived',
  otherRegion:
    'Not found for this region: the price of the other region, with Valkey 20 % under Redis',
  list: 'List price, not re-sourced',
} as const

const price = (usd: number, source: keyof typeof sources): Price => ({ usd, source })

export const prices = {
  'ap-south-1': {
    fargateVcpuHour: price(0.02383, 'billed'),
    fargateGbHour: price(0.00261, 'billed'),
    databaseMicroHour: price(0.021, 'priceList'),
    databaseSmallHour: price(0.042, 'priceList'),
    databaseMediumHour: price(0.084, 'priceList'),
    databaseLargeHour: price(0.168, 'twice'),
    databaseGbMonth: price(0.131, 'priceList'),
    databaseGbMonthMultiAz: price(0.262, 'billed'),
    backupGbMonth: price(0.095, 'billed'),
    loadBalancerHour: price(0.0239, 'billed'),
    capacityUnitHour: price(0.008, 'billed'),
    natGatewayHour: price(0.056, 'billed'),
    natGatewayGb: price(0.056, 'billed'),
    natInstanceHour: price(0.0028, 'halfOfMicro'),
    diskGbMonth: price(0.0912, 'mumbaiList'),
    publicAddressHour: price(0.005, 'billed'),
    storageGbMonth: price(0.025, 'mumbaiList'),
    getsPerThousand: price(0.0004, 'mumbaiList'),
    putsPerThousand: price(0.005, 'costRules'),
    keyMonth: price(1, 'list'),
    logGb: price(0.67, 'billed'),
    secretMonth: price(0.4, 'billedSecrets'),
    imageGbMonth: price(0.1, 'list'),
    alarmMonth: price(0.1, 'list'),
    zoneMonth: price(0.5, 'list'),
    metricMonth: price(0.3, 'list'),
    boardMonth: price(3, 'list'),
    hundredThousandDataEvents: price(0.1, 'list'),
    regionTransferGb: price(0.086, 'list'),
    firewallMonth: price(8.2, 'billed'),
    cacheMicroHour: price(0.0128, 'otherRegion'),
  },
  'us-east-1': {
    fargateVcpuHour: price(0.03238, 'vantage'),
    fargateGbHour: price(0.00356, 'vantage'),
    databaseMicroHour: price(0.016, 'published'),
    databaseSmallHour: price(0.032, 'published'),
    databaseMediumHour: price(0.065, 'published'),
    databaseLargeHour: price(0.129, 'published'),
    databaseGbMonth: price(0.115, 'costRules'),
    databaseGbMonthMultiAz: price(0.23, 'double'),
    backupGbMonth: price(0.095, 'list'),
    loadBalancerHour: price(0.0225, 'costRules'),
    capacityUnitHour: price(0.008, 'costRules'),
    natGatewayHour: price(0.045, 'fckNat'),
    natGatewayGb: price(0.045, 'fckNat'),
    natInstanceHour: price(0.0042, 'fckNat'),
    diskGbMonth: price(0.08, 'costRules'),
    publicAddressHour: price(0.005, 'mumbaiList'),
    storageGbMonth: price(0.023, 'costRules'),
    getsPerThousand: price(0.0004, 'costRules'),
    putsPerThousand: price(0.005, 'costRules'),
    keyMonth: price(1, 'list'),
    logGb: price(0.5, 'list'),
    secretMonth: price(0.4, 'list'),
    imageGbMonth: price(0.1, 'list'),
    alarmMonth: price(0.1, 'list'),
    zoneMonth: price(0.5, 'list'),
    metricMonth: price(0.3, 'list'),
    boardMonth: price(3, 'list'),
    hundredThousandDataEvents: price(0.1, 'list'),
    regionTransferGb: price(0.02, 'list'),
    firewallMonth: price(8.2, 'otherRegion'),
    cacheMicroHour: price(0.0128, 'published'),
  },
} as const satisfies Record<Region, Record<string, Price>>

export type PriceName = keyof (typeof prices)['ap-south-1']

/** GST on services bought from AWS India. */
export const taxShare = 0.18

export const hoursPerMonth = 730

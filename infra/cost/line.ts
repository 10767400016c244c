import type { Resource } from '../template.ts'
import type { PriceName } from './prices.ts'

export type Group = 'Fargate' | 'RDS' | 'S3' | 'Network' | 'Steps' | 'Other'

export interface Line {
  readonly group: Group
  readonly name: string
  readonly usd: number
  /** The arithmetic, so that a reader can redo it. */
  readonly basis: string
}

/** Gives a price of the region; every line of the bill goes through it. */
export type PriceOf = (name: PriceName) => number

export type Resources = ReadonlyMap<string, Resource>

export const ofType = (resources: Resources, type: string): Resource[] =>
  [...resources.values()].filter(resource => resource.Type === type)

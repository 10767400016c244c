import type { Kysely } from 'kysely'
import type { promotionBenefits, promotionLanes } from '@janta/contracts'

/** A promotion as the reckoning looks at it. */
export interface Offer {
  readonly id: string
  readonly name: string
  readonly nameHi: string
  readonly code: string | null
  readonly benefit: (typeof promotionBenefits)[number]
  readonly basisPoints: number | null
  readonly amountPaise: number | null
  readonly mostPaise: number | null
  readonly fromItemsPaise: number
  readonly lane: (typeof promotionLanes)[number]
  readonly isFirstOrder: boolean
  /** Its last use is taken, by anybody or by this person as often as one may. */
  readonly isUsedUp: boolean
}

/** A transaction or the reads: whoever may look. */
export type Reader = Pick<Kysely<unknown>, 'getExecutor'>

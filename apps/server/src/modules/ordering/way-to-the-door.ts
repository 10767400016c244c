import type { Serviceability } from '@janta/contracts'
import { deliveryObstacleOf, type PackFacts } from '#modules/catalogue'
import type { Obstacle } from './cart-rules.ts'

const sentences: Record<NonNullable<ReturnType<typeof deliveryObstacleOf>>, string> = {
  never: 'is not delivered. Bring the prescription to our store, or take it out of the cart.',
  outside_district:
    'needs a prescription, and such medicines are delivered only in the district of our store. Choose an address there, or take it out of the cart.',
  no_cold_chain:
    'must stay cold, and our cold boxes do not reach this PIN code. Collect it at our store, or take it out of the cart.',
}

/** What the decision matrix has against bringing a pack to this door; null when nothing. */
export function wayObstacleOf(
  pack: Pick<PackFacts, 'name' | 'terms' | 'storageClass'>,
  lane: Pick<Serviceability, 'isStoreDistrict' | 'isColdChain'>,
): Obstacle | null {
  const obstacle = deliveryObstacleOf(pack.terms, { ...lane, storageClass: pack.storageClass })
  if (!obstacle) return null
  return { code: 'medicine_not_delivered_here', sentence: `${pack.name} ${sentences[obstacle]}` }
}

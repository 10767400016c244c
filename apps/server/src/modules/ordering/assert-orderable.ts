import type { Fulfilment } from '@janta/contracts'
import type { PackFacts } from '#modules/catalogue'
import { Refusal } from '#kernel/refusal'
import { lawObstacleOf, type Obstacle } from './cart-rules.ts'
import type { Destination } from './find-destination.ts'
import { wayObstacleOf } from './way-to-the-door.ts'

/**
 * Refuses a pack the law does not let into this order: never sold online (`medicine_not_sold_online`,
 * `medicine_unclassified`), without a prescription (`prescription_needed`; Drugs Rules 1945, rule 65(9)), or not
 * brought to this door (`medicine_not_delivered_here`), each by the cells of the online decision matrix.
 */
export function assertOrderable(
  pack: PackFacts,
  order: { lane: Destination['lane']; fulfilment: Fulfilment; hasPrescription: boolean },
): void {
  const obstacle = lawObstacleOf(pack) ?? paperObstacleOf(pack, order) ?? wayOf(pack, order)
  if (!obstacle) return
  throw new Refusal(obstacle.code, obstacle.sentence, {
    fields: [{ field: `lines.${pack.id}`, message: obstacle.sentence }],
  })
}

function paperObstacleOf(pack: PackFacts, order: { hasPrescription: boolean }): Obstacle | null {
  if (!pack.terms.needsPrescription || order.hasPrescription) return null
  return {
    code: 'prescription_needed',
    sentence: `${pack.name} needs a doctor’s prescription. Add a photo of it at checkout, or take the medicine out of the cart to order the rest.`,
  }
}

function wayOf(
  pack: PackFacts,
  { lane, fulfilment }: { lane: Destination['lane']; fulfilment: Fulfilment },
): Obstacle | null {
  if (fulfilment === 'delivery') return wayObstacleOf(pack, lane)
  if (pack.terms.pickup !== 'no') return null
  return {
    code: 'medicine_not_sold_online',
    sentence: `${pack.name} may not be ordered online. Take it out of the cart to order the rest.`,
  }
}

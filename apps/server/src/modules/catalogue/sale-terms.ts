/** The cells of the online decision matrix for one class (`catalogue.decision_rule`), a switch that is off applied. */
export interface SaleTerms {
  /** Read through `isOffered`, which says what hiding means. */
  readonly showsInCatalogue: boolean
  readonly showsPrice: boolean
  readonly cart: 'yes' | 'held_for_review' | 'reserve_only' | 'no'
  readonly needsPrescription: boolean
  readonly delivery: 'all_served_pins' | 'cold_chain_pins' | 'district_of_store' | 'never'
  readonly pickup: 'yes' | 'original_prescription_sighted' | 'no'
}

/** What of a pack and of a PIN decides about the way to the door. */
export interface Way {
  readonly storageClass: string
  readonly isStoreDistrict: boolean
  readonly isColdChain: boolean
}

export type DeliveryObstacle = 'never' | 'outside_district' | 'no_cold_chain'

const chilled = new Set(['cold', 'frozen'])

/**
 * What stands between a medicine and this door; null when it may go. Prescription medicines stay in the revenue
 * district of the store that dispenses (notification of 26-03-2020); what must stay cold goes only where the cold
 * chain reaches.
 */
export function deliveryObstacleOf(terms: SaleTerms, way: Way): DeliveryObstacle | null {
  if (terms.delivery === 'never') return 'never'
  if (terms.delivery === 'district_of_store' && !way.isStoreDistrict) return 'outside_district'
  return chilled.has(way.storageClass) && !way.isColdChain ? 'no_cold_chain' : null
}

/** Whether a cart may hold it: something that is brought or, reserved only, collected at the store. */
export function mayWaitInCart({ cart, delivery, pickup }: SaleTerms): boolean {
  return cart !== 'no' && (delivery !== 'never' || pickup !== 'no')
}

/** Reads 'shows|hides price|no_price cart rx|no_rx delivery pickup'. */
export function readTerms([
  shows,
  price,
  cart,
  rx,
  delivery,
  pickup,
]: readonly string[]): SaleTerms {
  return {
    showsInCatalogue: shows === 'shows',
    showsPrice: price === 'price',
    cart: cart as SaleTerms['cart'],
    needsPrescription: rx === 'rx',
    delivery: delivery as SaleTerms['delivery'],
    pickup: pickup as SaleTerms['pickup'],
  }
}

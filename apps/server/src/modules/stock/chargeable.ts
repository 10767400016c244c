import { sellingPricePaise } from '#modules/catalogue'

/**
 * What one pack of an order line may cost: the price shown at checkout, or the lowest MRP among the batches it comes
 * from where that is lower (DPCO 2013, para 26: never above the label). One price for the whole line, so a line
 * from two batches is charged at the kinder of the two. `capPaise` is the notified ceiling, where it is newly read.
 */
export function chargeablePaise(
  shownPaise: number,
  batches: readonly { readonly mrpPaise: number }[],
  capPaise: number | null = null,
): number {
  return batches.reduce(
    (displayedPaise, { mrpPaise }) => sellingPricePaise({ displayedPaise, mrpPaise, capPaise }),
    shownPaise,
  )
}

/**
 * What one pack of an order line may cost: the price shown at checkout, or the lowest MRP among the batches it comes
 * from where that is lower (DPCO 2013, para 26: never above the label). One price for the whole line, so a line
 * from two batches is charged at the kinder of the two.
 */
export function chargeablePaise(
  shownPaise: number,
  batches: readonly { readonly mrpPaise: number }[],
): number {
  return Math.min(shownPaise, ...batches.map(batch => batch.mrpPaise))
}

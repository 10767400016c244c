/** The reports over a period: what lies too long, what is gone, what was asked for in vain. */
export const demand = {
  saveReport: (what: string) => `${what}: save as CSV`,
  savedReport: (name: string) => `Saved ${name}.`,
  demandTitle: 'What moves, what is missing',
  period: 'Over',
  lastDays: (days: string) => `the last ${days} days`,
  demandReports: {
    slow_movers: 'Slow movers',
    stock_outs: 'Sold out',
    lost_demand: 'Asked for in vain',
  },
  demandWhat: {
    slow_movers:
      'Lay here the whole time and will last longer than it at its pace. The dearest first: return it, offer it, or order less.',
    stock_outs: 'Sold in this time and cannot be promised now. The best seller first.',
    lost_demand:
      'Somebody wanted it and could not have it for lack of stock. Who it was is not kept.',
  },
  lyingAtCost: (money: string) => `${money} at cost`,
  lyingAtMrp: (money: string) => `${money} at MRP`,
  soldNone: 'none sold',
  lasts: (days: string) => `lasts ${days} days`,
  outSince: (when: string) => `out since ${when}`,
  soldBefore: (packs: string) => `sold ${packs}`,
  refusedSince: (times: string, n: number) =>
    n === 0
      ? 'nobody asked since'
      : n === 1
        ? 'asked for once since'
        : `asked for ${times} times since`,
  wanted: (packs: string, n: number) => (n === 1 ? 'one pack' : `${packs} packs`),
  askedWhere: (carts: string, checkouts: string) => `${carts} in carts, ${checkouts} at checkout`,
  lastAsked: (when: string) => `last ${when}`,
  thereNow: (packs: string) => `now there: ${packs}`,
  moreRows: 'Show more',
  toReorder: 'What to order',
  demandNone: {
    slow_movers: 'Nothing lies too long',
    stock_outs: 'Nothing that sold is missing',
    lost_demand: 'Nobody asked in vain',
  },
  demandNoneText: 'Look at a longer time.',
}

/** Strips that are cut: whether they may be, the piece for an order, and its label. */
export const cutting = {
  title: 'A strip is cut',
  cutNow: (piece: string, pack: number, batch: string) =>
    `Cut one strip of batch ${batch}: ${piece} of its ${pack} go into the bag. The rest goes back to its place, with the batch and expiry readable.`,
  there: (left: string, batch: string, expiry: string, bin: string) =>
    `A strip cut before has ${left} left: batch ${batch}, expires ${expiry}${bin ? `, place ${bin}` : ''}.`,
  useIt: 'Take it from there',
  used: (piece: string, batch: string) =>
    `${piece} come from the strip cut before, batch ${batch}. One whole strip stays on the shelf.`,
  cutInstead: 'Cut a whole strip instead',
  printFor: (piece: string) => `Label for ${piece}`,
  fromCutStrip: (piece: string) => `${piece}, cut`,
  label: {
    title: 'Label for a cut strip',
    text: 'Loose tablets leave with a label that names the drug, quantity, batch, expiry and this store.',
    units: 'Tablets or capsules in it',
    least: (most: number) => `From 1 to ${most}`,
    print: 'Print the label',
  },
  may: {
    title: 'Cutting strips',
    text: 'Where a prescription comes to less than whole strips, the pharmacist at the review desk may cut the last one.',
    yes: 'Strips of this pack may be cut.',
    no: 'Only whole packs of it leave.',
    obstacles: {
      not_counted: 'It is not counted in tablets or capsules, so it leaves whole.',
      single: 'A pack holds one, so there is nothing to cut.',
    },
    last: (day: string) => `Said on ${day}`,
    reason: 'Why',
    reasonHint: 'For example: each tablet sealed by itself, no guard against damp needed',
    needReason: 'Say why, in a few words.',
    allow: 'Let its strips be cut',
    forbid: 'Sell whole packs only',
    saidYes: 'Its strips may be cut from now on.',
    saidNo: 'Only whole packs of it leave from now on. What was approved before stays so.',
  },
}

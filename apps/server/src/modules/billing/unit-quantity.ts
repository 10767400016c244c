/** A quantity as GST counts it: the code of its unit and how many. */
export interface UnitQuantity {
  readonly uqc: 'TBS' | 'BTL' | 'TUB' | 'BOX' | 'PAC' | 'NOS'
  readonly of: 'units' | 'packs'
}

const byWord: readonly (readonly [RegExp, UnitQuantity])[] = [
  [/\b(tablet|capsule|lozenge)s?\b/i, { uqc: 'TBS', of: 'units' }],
  [/\bbottles?\b/i, { uqc: 'BTL', of: 'packs' }],
  [/\btubes?\b/i, { uqc: 'TUB', of: 'packs' }],
  [/\b(packet|sachet|pack|pouch)s?\b/i, { uqc: 'PAC', of: 'packs' }],
  [/\bbox(es)?\b/i, { uqc: 'BOX', of: 'packs' }],
]

/** Tablets are counted one by one, so that loose ones can be; what comes in bottles and tubes by the piece. */
export function unitQuantityOf(packLabel: string): UnitQuantity {
  return byWord.find(([word]) => word.test(packLabel))?.[1] ?? { uqc: 'NOS', of: 'packs' }
}

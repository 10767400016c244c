// How much each sign counts, on one scale: a word matched to the letter is worth 10.
// Tuned on the development queries and on generated ones of other brands (bench/search.ts).

export const wordWorth = 10
export const popularityWorth = 0.75

/** What finishing a word costs by the number of letters typed: three letters are a start, six nearly a name. */
const finishCosts = [0.2, 0.2, 0.2, 0.2, 0.5, 1, 1.4]
export const finishCost = (typed: number, missing: number): number =>
  (finishCosts[Math.min(typed, finishCosts.length - 1)] as number) + Math.min(missing, 8) * 0.03

/** More than popularity, stock and another form together: a whole name typed as it is printed is that medicine. */
export const wholeName = 12

export const slipWorth = 2
/** One slip in a short word says less about the word meant than one in a long word. */
export const slipFactor = (letters: number): number => Math.min(1.3, Math.max(0.6, 6 / letters))

const slipLimits = [0, 0, 0.3, 0.45, 1.1, 1.6, 2.2, 2.3, 2.8, 2.9, 3, 3.4]
export const slipLimit = (letters: number): number =>
  slipLimits[Math.min(letters, slipLimits.length - 1)] as number

/** More than all else together: no guess comes before a name that was typed as it is on the list. */
export const besideExactCost = 12
/** Another spelling of the same sound is still another name. */
export const respelledCost = 0.4
/** Such a guess is shown only for a name at least this well known, and twice as well as the typed one. */
export const besideExactPopularity = 15

/** A name this well known is also looked for one slip away from three letters. */
export const famous = 60
export const famousSlipLimit = 1.05
/** Which name was meant is told by how well known it is, not only by its packs; measured against the best known. */
export const unknownCost = (known: number): number =>
  Math.max(0, popularityScore(170) - popularityScore(known)) * unknownShare
const unknownShare = 0.35

export const laterWordShare = 0.8
export const saltShare = 0.92
/** With a strength typed too, the whole name is meant, and a longer name is another medicine. */
export const extraBrandWordCost = { usual: 0.15, withNumber: 0.7 } as const
export const extraSaltCost = 0.35
export const joinCost = 0.2
export const numberWorth = { none: -3, pack: 0.2, later: 2.2, first: 3, salt: 2 } as const
export const formWorth = { other: -2.5, unknown: -0.5, kin: 1.2, same: 1.5 } as const
export const discontinuedCost = 1.5
export const outOfStockCost = 0.3

/** Popularity on the scale of the scores: 5 is 1.3, 30 is 2.6, 130 is 3.7. */
export const popularityScore = (popularity: number): number =>
  popularityWorth * Math.log1p(popularity)

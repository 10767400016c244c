/** A strength as printed and as compared; `key` is empty when the text names none. */
export interface Strength {
  /** e.g. "125 mg/5 ml", "2% w/w"; empty when unknown. */
  readonly text: string
  /** The same amount in one unit: nanograms, units or counts, per ml or per piece, e.g. "25mg/ml". */
  readonly key: string
}

export const noStrength: Strength = { text: '', key: '' }

const number = String.raw`(\d+(?:[.,]\d+)*)`
const unit = String.raw`(mg|mcg|µg|ug|gm|gms|g|kg|iu|i\.u\.?|au|u|units?|lf|mmol|meq|ml|ppm|mg\s*iodine|billion\s*(?:cfu|spores?|cells?)?|million\s*(?:cfu|spores?|cells?)?|cfu)`
const per = String.raw`(?:\s*(?:\/|per\s+|\s)\s*(\d+(?:\.\d+)?)?\s*(ml|gm|g|dose|md|actuation|puff|tablet|vial|inj)\b)?`
const massPattern = new RegExp(String.raw`^${number}\s*${unit}(?![a-z])${per}`, 'i')
const percentPattern = new RegExp(
  String.raw`^${number}\s*(?:%|percent)\s*(w\s*\/?\s*[wv]|v\s*\/?\s*v)?`,
  'i',
)

/** Nanograms in one of each unit of mass, so that 0.5 g, 500 mg and 500,000 mcg compare equal. */
const nanogramsPer: Readonly<Record<string, bigint>> = {
  mcg: 1_000n,
  mg: 1_000_000n,
  g: 1_000_000_000n,
  kg: 1_000_000_000_000n,
}

/** Reads the strength a text begins with: "500mg", "0.5 GM", "125mg/5ml", "30 MG 5ML", "2% w/w", "60000 IU". */
export function readStrength(text: string): Strength {
  const given = text.trim()
  const percent = percentPattern.exec(given)
  if (percent) {
    const basis = (percent[2] ?? '').toLowerCase().replace(/[^wv]/g, '')
    const shown = basis ? `% ${basis[0]}/${basis[1]}` : '%'
    const amount = plain(percent[1])
    return { text: `${amount}${shown}`, key: `${amount}%${basis}` }
  }
  const mass = massPattern.exec(given)
  return mass ? massStrength(mass) : noStrength
}

/**
 * What stands after the strength a text begins with: "125 mg, Phenylephrine 5 mg" leaves ", Phenylephrine 5 mg".
 * Whoever reads a strength asks this too, because a second salt hidden there would be sold as if it were not in it.
 */
export function afterStrength(text: string): string {
  const given = text.trim()
  const found = percentPattern.exec(given) ?? massPattern.exec(given)
  return found ? given.slice(found[0].length) : given
}

function massStrength(mass: RegExpExecArray): Strength {
  const amount = plain(mass[1])
  const unitName = unitNamed(mass[2] ?? '')
  const perUnit = perUnitNamed(mass[4])
  const perAmount = perUnit === '' ? '' : plain(mass[3] ?? '1')
  const shownPer = perUnit === '' ? '' : `/${perAmount === '1' ? '' : `${perAmount} `}${perUnit}`
  return {
    text: `${amount} ${unitName}${shownPer}`,
    key: `${amountKey(amount, unitName, perAmount)}${perUnit === '' ? '' : `/${perUnit}`}`,
  }
}

function unitNamed(text: string): string {
  const word = text
    .toLowerCase()
    .replace(/[.\s]+/g, ' ')
    .trim()
  if (word === 'gm' || word === 'gms') return 'g'
  if (word === 'ug' || word === 'µg') return 'mcg'
  if (/^(i ?u|u|units?)$/.test(word)) return 'IU'
  return word.replace(/spore$/, 'spores').replace(/cell$/, 'cells')
}

function perUnitNamed(text: string | undefined): string {
  const word = (text ?? '').toLowerCase()
  if (word === 'gm') return 'g'
  if (word === 'md' || word === 'puff' || word === 'actuation') return 'dose'
  // "per tablet" and "40 MG INJ" say the form again, not an amount.
  return word === 'tablet' || word === 'vial' || word === 'inj' ? '' : word
}

/** Reduces to a fraction of whole numbers: 125 mg/5 ml and 25 mg/ml meet, and nothing is rounded. */
function amountKey(amount: string, unitName: string, perAmount: string): string {
  const [whole = '0', decimals = ''] = amount.split('.')
  const [perWhole = '1', perDecimals = ''] = (perAmount || '1').split('.')
  const inMass = nanogramsPer[unitName]
  const top = BigInt(whole + decimals) * (inMass ?? 1n) * 10n ** BigInt(perDecimals.length)
  const bottom = BigInt(perWhole + perDecimals) * 10n ** BigInt(decimals.length)
  if (bottom === 0n) return `${amount}${unitName}`
  const shared = greatestCommon(top, bottom)
  const unitKey = inMass ? 'ng' : unitName
  return bottom === shared
    ? `${top / shared}${unitKey}`
    : `${top / shared}:${bottom / shared}${unitKey}`
}

function greatestCommon(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other]
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 0n ? 1n : a
}

/** "1,00,000" and "60 000" lose their separators, "2.50" its zero; digits never pass through a float. */
function plain(text: string | undefined): string {
  const digits = (text ?? '').replaceAll(',', '').slice(0, 20)
  const [whole = '0', decimals = ''] = digits.split('.')
  const tail = decimals.replace(/0+$/, '')
  const head = whole.replace(/^0+(?=\d)/, '')
  return tail === '' ? head : `${head}.${tail}`
}

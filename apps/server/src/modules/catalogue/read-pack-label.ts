/** What one sale unit holds: whole base units, never fractions of them. */
export interface ReadPack {
  readonly label: string
  readonly unitsPerPack: number
  readonly baseUnit: string
  /** False when the list did not say: such packs cannot be compared by price per unit. */
  readonly isStated: boolean
}

const unitsMax = 100_000
const containers =
  'strip|bottle|tube|vial|packet|box|ampoule|sachet|prefilled syringe|pre-filled pen|pre-filled syringe|penfill|flexpen|cartridge|canister|pump bottle|jar|tin|pouch|pack'
const containerOf = new RegExp(`^(${containers})\\s+of\\s+(\\d+(?:\\.\\d+)?)\\s*(.*)$`, 'i')
const inContainer = new RegExp(
  `^(\\d+(?:\\.\\d+)?)\\s*(.*?)\\s+in\\s+(?:\\d+\\s+)?(${containers}).*$`,
  'i',
)
const counted = /^(\d+)\s*['’`]?\s*s\b/i
const times = /^(\d+)\s*[*x×]\s*(\d+(?:\.\d+)?)\s*'?(tab|cap|ml|gm|g|mg|inj|s)?[a-z]*$/i
const measured = /^(\d+(?:\.\d+)?)\s*(ml|gms?|g|l|ltr)\b/i
const inName = /(?:^|\s)(\d+(?:\.\d+)?)\s*(ml|gm|'s|’s|`s|s)\s*$/i

const baseUnits: readonly (readonly [RegExp, string])[] = [
  [/^mls?\b/, 'ml'],
  [/^(?:gms?|g)\b/, 'g'],
  [/^(?:soft gelatin )?cap(?:sule)?s?\b|^captabs?\b|^softgel/, 'capsule'],
  [/^(?:sublingual )?tab(?:let)?s?\b/, 'tablet'],
  [/^(?:mdi|md|doses?|puffs?)\b/, 'dose'],
  [/^sachets?\b/, 'sachet'],
  [/^suppositor/, 'suppository'],
  [/^pessar/, 'pessary'],
  [/^(?:lozenge|pastille)/, 'lozenge'],
  [/^(?:patch|plaster)/, 'patch'],
  [/^(?:rotacaps?|instacaps?|respules?)\b/, 'capsule'],
  [/^injections?\b|^powder for injection|^infusion|^solution for injection/, 'vial'],
]

const unitOfForm: Readonly<Record<string, string>> = {
  tablet: 'tablet',
  capsule: 'capsule',
  injection: 'vial',
  sachet: 'sachet',
  lozenge: 'lozenge',
  suppository: 'suppository',
  patch: 'patch',
  inhaler: 'dose',
  syrup: 'bottle',
  suspension: 'bottle',
  drops: 'bottle',
  eye_drops: 'bottle',
  cream: 'tube',
  ointment: 'tube',
  gel: 'tube',
}

/**
 * Reads a pack label: "strip of 10 tablets", "15 tablets in 1 strip", "10'S", "60ml", "10*15TAB", "Vial". When the
 * label is empty the end of the name is tried ("... 60ML"). Null when the label has a size that cannot be one.
 */
export function readPackLabel(
  label: string,
  told: { form: string; name: string },
): ReadPack | null {
  const text = label.replace(/[\u00a0\s]+/g, ' ').trim()
  const said = /not mentioned|^na$/i.test(text) ? '' : text
  if (said !== '') return readStated(said, told.form)
  const tail = inName.exec(told.name)
  if (!tail) return unstated('')
  return readStated(`${tail[1]}${/ml|gm/i.test(tail[2] ?? '') ? tail[2] : "'s"}`, told.form)
}

function readStated(text: string, form: string): ReadPack | null {
  const outer = containerOf.exec(text)
  if (outer) return packOf(text, outer[2], outer[3], form, outer[1])
  const inner = inContainer.exec(text)
  if (inner) return packOf(text, inner[1], inner[2]?.replace(/^['’]s\b\s*/i, ''), form, inner[3])
  const grid = times.exec(text)
  if (grid) return gridOf(grid, form)
  const count = counted.exec(text)
  if (count) return packOf(labelled(count[1], form), count[1], '', form, undefined)
  const measure = measured.exec(text)
  if (measure) return packOf(text, measure[1], measure[2], form, undefined)
  const bare = /^(\d+)$/.exec(text)
  if (bare) return packOf(labelled(bare[1], form), bare[1], '', form, undefined)
  return unstated(text)
}

function packOf(
  label: string,
  amount: string | undefined,
  unitWords: string | undefined,
  form: string,
  container: string | undefined,
): ReadPack | null {
  const words = (unitWords ?? '').toLowerCase()
  const count = Number(amount)
  if (!(count > 0) || count > unitsMax) return null
  const baseUnit = baseUnitOf(words) ?? unitOfForm[form] ?? 'unit'
  // Half a millilitre cannot be counted in whole base units, so the container itself is the unit.
  if (!Number.isInteger(count)) {
    const whole = unitOfForm[form] ?? (container ?? 'unit').toLowerCase()
    return { label, unitsPerPack: 1, baseUnit: whole, isStated: true }
  }
  return { label, unitsPerPack: count, baseUnit, isStated: true }
}

/** The base unit that words in lower case begin with: "tablets", "ml", "gm gel"; undefined for what is none. */
export function baseUnitOf(words: string): string | undefined {
  return baseUnits.find(([pattern]) => pattern.test(words))?.[1]
}

/** "10*15TAB" is a carton of ten strips; "5*2ML" is five ampoules of 2 ml. */
function gridOf(grid: RegExpExecArray, form: string): ReadPack | null {
  const [, outer = '', inner = '', word = ''] = grid
  const label = `${outer} × ${inner} ${word.toLowerCase()}`.trim()
  const isMeasure = /^(?:ml|gm|g|mg)$/i.test(word)
  const units = isMeasure ? Number(outer) : Number(outer) * Number(inner)
  if (!Number.isInteger(units) || units < 1 || units > unitsMax) return null
  return { label, unitsPerPack: units, baseUnit: unitOfForm[form] ?? 'unit', isStated: true }
}

function labelled(count: string | undefined, form: string): string {
  const unit = unitOfForm[form] ?? 'unit'
  const isStrip = unit === 'tablet' || unit === 'capsule'
  return `${isStrip ? 'strip' : 'pack'} of ${count} ${unit}${count === '1' ? '' : 's'}`
}

function unstated(label: string): ReadPack {
  return {
    label: label || 'pack size not stated',
    unitsPerPack: 1,
    baseUnit: 'pack',
    isStated: false,
  }
}

import type {
  Directions,
  PrescriptionEntry,
  PrescriptionReason,
  Review,
  ReviewLine,
  Worksheet,
} from '@janta/contracts'

/** One line of the order as the pharmacist settles it. */
export interface SheetLine {
  line: number
  written: string
  writtenAs: PrescriptionEntry['items'][number]['writtenAs']
  medicineId: string
  directions: Directions | null
  /** What was typed of the directions and is not read yet. */
  typed: string
  times: number
  intervalDays: number | null
  isSmallestPack: boolean
  /** On which list of the Telemedicine Practice Guidelines the pharmacist puts it. */
  teleList: PrescriptionEntry['items'][number]['teleList']
  verdict: ReviewLine['verdict']
  packs: number
  code: PrescriptionReason | null
  /** The item of a revoked reading that this one stands for: what was supplied on it counts. */
  replacesItemId: string | null
  /** An item approved before that the line is supplied on, in place of this paper. */
  itemId: string | null
}

/** One paper and what is said of each line of the order. */
export interface Sheet {
  prescriber: PrescriptionEntry['prescriber']
  patient: PrescriptionEntry['patient']
  issuedOn: string | null
  hasSignature: boolean
  course: PrescriptionEntry['course']
  /** How the doctor and the patient spoke, when they did not meet. */
  tele: PrescriptionEntry['tele']
  duplicateReason: string | null
  replacesId: string | null
  lines: SheetLine[]
}

const nobody: Sheet['prescriber'] = {
  name: null,
  qualification: null,
  registration: null,
  council: null,
  address: null,
}

/** A sheet to work on: what was saved before, or what is known of the patient without the paper. */
export function sheetOf(review: Review): Sheet {
  const [draft] = review.prescriptions
  // A revoked reading is the nearest to what the paper says: it is mended, not typed again.
  const [replaced] = review.revoked
  const paper = draft ?? replaced
  const known = {
    name: review.patient?.name ?? review.customer.name,
    address: review.customer.address,
    addressSource: 'customer' as const,
    ageYears: review.patient?.ageYears ?? null,
    sex: review.patient?.sex ?? null,
  }
  return {
    prescriber: paper?.prescriber ?? { ...nobody },
    patient: paper?.patient ?? known,
    issuedOn: paper?.issuedOn ?? null,
    hasSignature: paper?.hasSignature ?? false,
    course: paper?.course ?? 'acute',
    tele: paper?.tele ?? null,
    duplicateReason: draft?.duplicateReason ?? null,
    replacesId: draft?.replacesId ?? replaced?.id ?? null,
    lines: review.lines.map(line => lineOf(review, line)),
  }
}

function lineOf(review: Review, line: ReviewLine): SheetLine {
  const replaced = review.revoked[0]?.items.find(one => one.medicineId === line.medicineId)
  const item = review.prescriptions[0]?.items.find(one => one.id === line.itemId) ?? replaced
  const isEarlier = review.earlier.some(one => one.items.some(other => other.id === line.itemId))
  return {
    line: line.line,
    written: item?.written ?? line.name,
    writtenAs: item?.writtenAs ?? 'brand',
    medicineId: item?.medicineId ?? line.medicineId,
    directions: item?.directions ?? null,
    typed: '',
    times: item?.repeat.times ?? 1,
    intervalDays: item?.repeat.intervalDays ?? null,
    isSmallestPack: item?.isSmallestPack ?? false,
    teleList: item?.teleList ?? null,
    verdict: line.verdict,
    packs: line.approvedPacks ?? line.askedPacks,
    code: line.code,
    replacesItemId: replaced?.id ?? null,
    itemId: isEarlier ? line.itemId : null,
  }
}

/** Doses of a day by one key, as doctors write them. */
export const dayPatterns = [
  [4, 0, 0],
  [4, 0, 4],
  [4, 4, 4],
  [4, 4, 4, 4],
  [0, 0, 4],
] as const

const daysMax = 400

/**
 * Directions by a day's pattern, for as long as the packs asked for last: a suggestion the pharmacist holds against the
 * paper, because the order was made from it.
 */
export function suggestDirections(
  pattern: readonly number[],
  line: Pick<ReviewLine, 'askedPacks' | 'unitsPerPack'>,
): Directions {
  const quarters = pattern.reduce((sum, dose) => sum + dose, 0)
  const days = Math.floor((line.askedPacks * line.unitsPerPack * 4) / quarters)
  const bounded = Math.min(Math.max(days, 1), daysMax)
  return { kind: 'daily', doses: [...pattern], days: bounded, food: 'any' }
}

/** The sheet as it is sent. A refused line needs no item; lines on an earlier paper add nothing to this one. */
export function worksheetOf(sheet: Sheet, version: number): Worksheet {
  const read = sheet.lines.filter(
    line => line.itemId === null && line.verdict !== null && line.verdict !== 'refused',
  )
  const items = read.map(itemOf)
  const { lines: _lines, ...paper } = sheet
  return {
    version,
    prescriptions: items.length === 0 ? [] : [{ ...paper, items }],
    lines: sheet.lines.map(line => ({
      line: line.line,
      verdict: line.verdict,
      packs: line.verdict === null || line.verdict === 'refused' ? null : line.packs,
      code: line.verdict === 'approved' ? null : line.code,
      note: null,
      item: linkOf(line, read),
    })),
  }
}

function linkOf(line: SheetLine, read: readonly SheetLine[]): Worksheet['lines'][number]['item'] {
  if (line.verdict === null || line.verdict === 'refused') return null
  if (line.itemId !== null) return { itemId: line.itemId }
  return { prescription: 0, item: read.indexOf(line) }
}

function itemOf(line: SheetLine): PrescriptionEntry['items'][number] {
  const isRepeated = line.times > 1
  return {
    written: line.written,
    writtenAs: line.writtenAs,
    medicineId: line.medicineId,
    directions: line.directions,
    writtenUnits: null,
    unitsBasis: 'each',
    repeat: {
      authority: isRepeated ? 'times' : 'once',
      times: isRepeated ? line.times : null,
      intervalDays: isRepeated ? line.intervalDays : null,
    },
    teleList: line.teleList,
    isSmallestPack: line.isSmallestPack,
    replacesItemId: line.replacesItemId,
  }
}

import {
  type Directions,
  type PrescriptionEntry,
  type PrescriptionReason,
  type Review,
  type ReviewLine,
  type Worksheet,
  worksheetPrescriptionsMax,
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
  /** Base units in all, where the last of the packs is cut; null for whole packs. */
  units: number | null
  code: PrescriptionReason | null
  /** The item of a revoked reading that this one stands for: what was supplied on it counts. */
  replacesItemId: string | null
  /** An item approved before that the line is supplied on, in place of this paper. */
  itemId: string | null
  /** Which of the papers it stands on. */
  paper: number
}

/** What the register repeats of one paper. */
export interface Paper {
  prescriber: PrescriptionEntry['prescriber']
  patient: PrescriptionEntry['patient']
  issuedOn: string | null
  hasSignature: boolean
  course: PrescriptionEntry['course']
  /** How the doctor and the patient spoke, when they did not meet. */
  tele: PrescriptionEntry['tele']
  duplicateReason: string | null
  replacesId: string | null
}

/** The papers of an order, the one that is being read, and what is said of each line. */
export interface Sheet {
  papers: Paper[]
  open: number
  lines: SheetLine[]
}

/** As many as one review takes. */
export const papersMax = worksheetPrescriptionsMax

const nobody: Paper['prescriber'] = {
  name: null,
  qualification: null,
  registration: null,
  council: null,
  address: null,
}

/** A sheet to work on: what was saved before, or what is known of the patient without the paper. */
export function sheetOf(review: Review): Sheet {
  const drafts = review.prescriptions.length > 0 ? review.prescriptions : [undefined]
  return {
    papers: drafts.map((draft, at) =>
      paperOf(review, draft, at === 0 ? review.revoked[0] : undefined),
    ),
    open: 0,
    lines: review.lines.map(line => lineOf(review, line)),
  }
}

/** A revoked reading is the nearest to what the paper says: it is mended, not typed again. */
function paperOf(
  review: Review,
  draft: Review['prescriptions'][number] | undefined,
  replaced: Review['revoked'][number] | undefined,
): Paper {
  const read = draft ?? replaced
  const known = {
    name: review.patient?.name ?? review.customer.name,
    address: review.customer.address,
    addressSource: 'customer' as const,
    ageYears: review.patient?.ageYears ?? null,
    sex: review.patient?.sex ?? null,
  }
  return {
    prescriber: read?.prescriber ?? { ...nobody },
    patient: read?.patient ?? known,
    issuedOn: read?.issuedOn ?? null,
    hasSignature: read?.hasSignature ?? false,
    course: read?.course ?? 'acute',
    tele: read?.tele ?? null,
    duplicateReason: draft?.duplicateReason ?? null,
    replacesId: draft?.replacesId ?? replaced?.id ?? null,
  }
}

/** Another paper of the same patient, opened; none when there are as many as a review takes. */
export function addPaper(sheet: Sheet, review: Review): boolean {
  if (sheet.papers.length >= papersMax) return false
  const { patient } = sheet.papers[sheet.open]!
  sheet.papers.push({ ...paperOf(review, undefined, undefined), patient: { ...patient } })
  sheet.open = sheet.papers.length - 1
  return true
}

function lineOf(review: Review, line: ReviewLine): SheetLine {
  const replaced = review.revoked[0]?.items.find(one => one.medicineId === line.medicineId)
  const at = review.prescriptions.findIndex(one => one.items.some(item => item.id === line.itemId))
  const item = review.prescriptions[at]?.items.find(one => one.id === line.itemId) ?? replaced
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
    units: line.approvedUnits,
    code: line.code,
    replacesItemId: replaced?.id ?? null,
    itemId: isEarlier ? line.itemId : null,
    paper: Math.max(at, 0),
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

/**
 * The packs and base units of a line cut to what is prescribed; null where whole packs come to it, where more is
 * prescribed than was asked for, and where nobody lets the strips be cut.
 */
export function cutOf(
  line: Pick<ReviewLine, 'askedPacks' | 'unitsPerPack' | 'mayBeCut'>,
  prescribedUnits: number | null,
): { packs: number; units: number } | null {
  const units = prescribedUnits ?? 0
  const isCut = line.mayBeCut && units > 0 && units % line.unitsPerPack !== 0
  return isCut && units < line.askedPacks * line.unitsPerPack
    ? { packs: Math.ceil(units / line.unitsPerPack), units }
    : null
}

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

/** The lines that make items, by paper, and only the papers that have any; their order is the one that is sent. */
function sentPapers(sheet: Sheet): { at: number; read: SheetLine[] }[] {
  const read = sheet.lines.filter(
    line => line.itemId === null && line.verdict !== null && line.verdict !== 'refused',
  )
  return sheet.papers
    .map((_, at) => ({ at, read: read.filter(line => line.paper === at) }))
    .filter(one => one.read.length > 0)
}

/** Which paper of the sheet an obstacle speaks of, by the place the paper was sent at. */
export function paperAt(sheet: Sheet, sent: number | null): number {
  return sentPapers(sheet)[sent ?? 0]?.at ?? 0
}

/** The sheet as it is sent. A refused line needs no item; lines on an earlier paper add nothing to these. */
export function worksheetOf(sheet: Sheet, version: number): Worksheet {
  const papers = sentPapers(sheet)
  return {
    version,
    prescriptions: papers.map(({ at, read }) => ({
      ...sheet.papers[at]!,
      items: read.map(itemOf),
    })),
    lines: sheet.lines.map(line => ({
      line: line.line,
      verdict: line.verdict,
      packs: line.verdict === null || line.verdict === 'refused' ? null : line.packs,
      units: line.verdict === 'reduced' ? line.units : null,
      code: line.verdict === 'approved' ? null : line.code,
      note: null,
      item: linkOf(line, papers),
    })),
  }
}

function linkOf(
  line: SheetLine,
  papers: ReturnType<typeof sentPapers>,
): Worksheet['lines'][number]['item'] {
  if (line.verdict === null || line.verdict === 'refused') return null
  if (line.itemId !== null) return { itemId: line.itemId }
  const prescription = papers.findIndex(one => one.at === line.paper)
  return { prescription, item: papers[prescription]?.read.indexOf(line) ?? 0 }
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

import type { Directions, PrescriptionReason, RefusalCode } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks } from '#modules/catalogue'
import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { findStoreRule } from './find-store-rule.ts'
import { findUses } from './find-prescriptions.ts'
import { type Course, type Lane, type StoreRule, windowReason } from './prescription-window.ts'
import { allowanceOf, supplyReason, type Use } from './repeat-rule.ts'
import { unitsApproved, unitsInPacks } from './strip-rounding.ts'

/** What a supply rests on, copied for the register: later corrections of the sources do not change it. */
export interface Coverage {
  readonly line: number
  readonly prescriptionId: string
  readonly prescriptionItemId: string
  readonly prescriberName: string
  readonly prescriberAddress: string
  readonly prescriberRegistration: string | null
  readonly patientName: string
  readonly patientAddress: string
  readonly issuedOn: Day
  readonly pharmacistName: string
  readonly pharmacistRegistration: string
  readonly directions: Directions | null
  readonly schemes: string[]
}

export interface Holding {
  readonly orderId: string
  readonly storeId: string
  /** The Indian day of the supply. */
  readonly on: Day
  readonly lines: readonly {
    readonly line: number
    readonly packId: string
    readonly units: number
  }[]
}

interface Covered extends Omit<Coverage, 'schemes'> {
  readonly packId: string
  readonly approvedPacks: number | null
  readonly approvedUnits: number | null
  readonly reviewState: string
  readonly prescriptionState: string
  readonly lane: Lane
  readonly course: Course
  readonly units: number
  readonly basis: 'each' | 'total'
  readonly authority: 'once' | 'times' | 'unstated'
  readonly times: number | null
  readonly intervalDays: number | null
  readonly isSmallestPack: boolean
  readonly rootId: string
}

/**
 * Locks what these lines of an order were approved on and asserts that they may be supplied on this day: approved by a
 * registered pharmacist, in its window, on an occasion left, not before the repeat's day, within what remains. Answers
 * what the register copies. Refuses `prescription_not_approved`, `prescription_revoked`, `prescription_expired`,
 * `prescription_used_up`, `repeat_too_early`, `quantity_above_prescribed` (Drugs Rules, rules 65(9) to 65(11)).
 */
export async function holdForDispensing(tx: Tx, holding: Holding): Promise<Coverage[]> {
  const rule = await findStoreRule(tx, holding.storeId)
  const covered = await lockCovered(tx, holding)
  const packIds = [...holding.lines, ...covered].map(line => line.packId)
  const packs = await findPacks(tx, [...new Set(packIds)], holding.on)
  const wanted = holding.lines.map(line => {
    const found = covered.find(one => one.line === line.line && one.packId === line.packId)
    const pack = packs.get(line.packId)
    if (!found || !pack) throw notApproved()
    assertApproved(found)
    return { ...line, found, pack }
  })
  const uses = await findUses(
    tx,
    wanted.map(one => one.found.rootId),
  )
  for (const { found, pack } of wanted) {
    const units = wanted
      .filter(one => one.found.rootId === found.rootId)
      .reduce((sum, one) => sum + one.units, 0)
    const approvedUnits = covered
      .filter(one => one.rootId === found.rootId)
      .reduce((sum, one) => sum + unitsApproved(one, packs.get(one.packId)?.unitsPerPack ?? 0), 0)
    const { orderId, on } = holding
    const supply = { orderId, on, units, approvedUnits, unitsPerPack: pack.unitsPerPack }
    assertSuppliable(found, supply, uses.get(found.rootId) ?? [], rule)
  }
  return wanted.map(({ found, pack }) => coverageOf(found, pack.schedules))
}

/** In the order of their ids, the one order every writer of prescribed quantities takes them in. */
async function lockCovered(tx: Tx, { orderId, storeId }: Holding): Promise<Covered[]> {
  const { rows } = await sql<Covered>`
    select asked.line, asked.pack_id as "packId", asked.approved_packs as "approvedPacks",
      asked.approved_units as "approvedUnits",
      review.state as "reviewState", review.lane, prescription.id as "prescriptionId",
      prescription.state as "prescriptionState", item.id as "prescriptionItemId",
      prescription.prescriber_name as "prescriberName", prescription.prescriber_address as "prescriberAddress",
      prescription.prescriber_registration as "prescriberRegistration", prescription.patient_name as "patientName",
      prescription.patient_address as "patientAddress", prescription.issued_on as "issuedOn", prescription.course,
      prescription.pharmacist_name as "pharmacistName",
      prescription.pharmacist_registration as "pharmacistRegistration", item.directions, item.units,
      item.units_basis as basis, item.repeat_authority as authority, item.repeat_times as times,
      item.interval_days as "intervalDays", item.smallest_pack as "isSmallestPack", item.root_id as "rootId"
    from prescriptions.review
    join prescriptions.review_line as asked on asked.review_id = review.id
    join prescriptions.prescription_item as item on item.id = asked.item_id
    join prescriptions.prescription on prescription.id = item.prescription_id
    where review.order_id = ${orderId} and review.store_id = ${storeId}
    order by item.id, asked.line
    for update of item, prescription`.execute(tx)
  return rows
}

const notApproved = () =>
  new Refusal(
    'prescription_not_approved',
    'A line of this order is not approved on a prescription. Take it to the review desk first.',
  )

function assertApproved(found: Covered): void {
  if (found.prescriptionState === 'revoked') {
    throw new Refusal(
      'prescription_revoked',
      'The prescription of this line was revoked. Have it reviewed again before anything is supplied.',
    )
  }
  const isApproved =
    found.reviewState === 'decided' &&
    found.prescriptionState === 'approved' &&
    found.approvedPacks !== null
  if (!isApproved) throw notApproved()
}

interface Supply {
  readonly orderId: string
  readonly on: Day
  /** Of one item, over all lines of the order. */
  readonly units: number
  readonly approvedUnits: number
  readonly unitsPerPack: number
}

function assertSuppliable(
  found: Covered,
  supply: Supply,
  uses: readonly Use[],
  rule: StoreRule,
): void {
  const allowance = allowanceOf(found, uses, supply.orderId, rule.repeatGraceDays)
  const { isRepeat, ownUnits } = allowance
  const late = windowReason(found, { on: supply.on, lane: found.lane, isRepeat }, rule)
  if (late) throw refusalOf(late)
  const nowUnits = unitsInPacks(allowance.nowUnits, supply.unitsPerPack, found.isSmallestPack)
  const reason = supplyReason({ ...allowance, nowUnits }, supply)
  if (reason) throw refusalOf(reason, allowance.nextOn)
  if (ownUnits + supply.units > supply.approvedUnits) throw refusalOf('qty_exceeds')
}

const refusalOfReason: Partial<Record<PrescriptionReason, readonly [RefusalCode, string]>> = {
  no_date: ['prescription_not_approved', 'The prescription has no date. Have it reviewed again.'],
  future_date: [
    'prescription_expired',
    'The prescription is dated later than today. Supply it from its day on.',
  ],
  expired_window: [
    'prescription_expired',
    'The days to supply this prescription in are over. Ask for a new one, or for pickup where a repeat is left.',
  ],
  already_dispensed: [
    'prescription_used_up',
    'Everything this prescription allows has been supplied. Ask for a new one.',
  ],
  repeat_too_early: ['repeat_too_early', 'The next supply on this prescription is not due yet.'],
  qty_exceeds: [
    'quantity_above_prescribed',
    'More is packed than the prescription allows. Take packs out until it fits.',
  ],
}

function refusalOf(reason: PrescriptionReason, nextOn: Day | null = null): Refusal {
  const [code, sentence] = refusalOfReason[reason] ?? [
    'prescription_not_approved',
    'Have it reviewed again.',
  ]
  return nextOn && code === 'repeat_too_early'
    ? new Refusal(code, `${sentence} It may be supplied from ${nextOn} on.`, { values: { nextOn } })
    : new Refusal(code, sentence)
}

function coverageOf(found: Covered, schemes: readonly string[]): Coverage {
  return {
    line: found.line,
    prescriptionId: found.prescriptionId,
    prescriptionItemId: found.prescriptionItemId,
    prescriberName: found.prescriberName,
    prescriberAddress: found.prescriberAddress,
    prescriberRegistration: found.prescriberRegistration,
    patientName: found.patientName,
    patientAddress: found.patientAddress,
    issuedOn: found.issuedOn,
    pharmacistName: found.pharmacistName,
    pharmacistRegistration: found.pharmacistRegistration,
    directions: found.directions,
    schemes: [...schemes],
  }
}

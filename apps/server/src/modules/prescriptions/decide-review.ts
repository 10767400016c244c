import assert from 'node:assert/strict'
import type {
  decideReview as contract,
  FieldProblem,
  RequestOf,
  ReviewObstacle,
} from '@janta/contracts'
import { sql } from 'kysely'
import { assertRegisteredOnDuty, type Registration } from '#modules/identity'
import { businessFigures } from '#kernel/business-figures'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import type { ReadPrescription } from './find-prescriptions.ts'
import { findReviewFacts, type ReviewFacts } from './find-review-facts.ts'
import { type LockedReview, lockClaimed } from './lock-review.ts'
import { rememberPrescribers } from './remember-prescribers.ts'

type Decision = RequestOf<typeof contract>['body'] & { readonly id: string }

/**
 * Settles a review: the caller, a registered pharmacist on duty at its store, answers for every line by name. Approves
 * the prescriptions the supplied lines rest on; drafts nothing rests on are kept as read. Refuses `review_claimed`,
 * `review_changed`, `review_state_forbids`, `pharmacist_not_registered`, `pharmacist_not_on_duty`,
 * `prescription_not_valid` with every obstacle, and `finding_not_answered` while a finding has no reason.
 */
export async function decideReview(
  database: Database,
  caller: Caller,
  decision: Decision,
): Promise<{ id: string }> {
  const { id, waitedSeconds } = await inTransaction(database, caller, async tx => {
    const review = await lockClaimed(tx, caller, decision)
    const pharmacist = await assertRegisteredOnDuty(tx, caller, review.storeId)
    await lockPapers(tx, review)
    const facts = await findReviewFacts(tx, review.id)
    assertNoObstacle(facts.obstacles)
    await writeOverrides(tx, review, caller, answersOf(facts, decision))
    const approved = approvedOf(facts)
    await approve(tx, approved, pharmacist)
    await rememberPrescribers(tx, approved)
    const waited = await close(tx, review, pharmacist)
    const news = { orderId: review.orderId, reviewId: review.id }
    await emit(tx, caller, 'prescriptions.review_decided', news)
    return { id: review.id, waitedSeconds: waited }
  })
  // After the commit: a decision that was undone is none.
  businessFigures.reviewTime.record(waitedSeconds)
  return { id }
}

/** The review is settled; answers the seconds from the order's last file to now. */
async function close(tx: Tx, review: LockedReview, pharmacist: Registration): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    update prescriptions.review
    set state = 'decided', decided_at = kernel.now(), decided_by = ${pharmacist.personId}, claimed_by = null,
      claimed_until = null, version = version + 1
    where id = ${review.id}
    returning extract(epoch from decided_at - opened_at)::integer as seconds`.execute(tx)
  assert(rows[0], 'the review is locked by us, so it is there')
  return rows[0].seconds
}

/**
 * Two readings of one paper, at two desks, are judged one after the other; and what is left of an earlier item is not
 * supplied from while it is judged. Both in the order of their ids.
 */
async function lockPapers(tx: Tx, review: LockedReview): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(paper.key, 0)) from (
      select distinct encode(fingerprint, 'hex') as key from prescriptions.prescription
      where review_id = ${review.id} and state = 'draft' and fingerprint is not null order by key
    ) as paper`.execute(tx)
  await sql`
    select item.id from prescriptions.prescription_item as item
    join prescriptions.review_line as line on line.item_id = item.id
    where line.review_id = ${review.id} order by item.id for update of item`.execute(tx)
}

const fieldsMax = 40

function assertNoObstacle(obstacles: readonly ReviewObstacle[]): void {
  if (obstacles.length === 0) return
  const fields = obstacles.slice(0, fieldsMax).map(
    (one): FieldProblem => ({
      field:
        one.line === null ? `prescriptions.${one.prescription}.${one.field}` : `lines.${one.line}`,
      message: one.code,
    }),
  )
  throw new Refusal(
    'prescription_not_valid',
    'This cannot be approved yet. Settle what is marked, or refuse the line with its reason.',
    { fields },
  )
}

/** The reasons given, of findings that stand now; one without a reason stops the decision. */
function answersOf({ findings }: ReviewFacts, { overrides }: Decision): Decision['overrides'] {
  const open = findings.filter(finding => !overrides.some(one => one.key === finding.key))
  if (open.length > 0) {
    throw new Refusal(
      'finding_not_answered',
      'A clinical check asks for your judgement. Give the reason to supply, or refuse the line.',
      { fields: open.map(({ key, sentence }) => ({ field: key, message: sentence })) },
    )
  }
  return overrides.filter(one => findings.some(finding => finding.key === one.key))
}

async function writeOverrides(
  tx: Tx,
  review: LockedReview,
  caller: Caller,
  overrides: Decision['overrides'],
): Promise<void> {
  assert(caller.personId, 'a person decides')
  for (const { key, reason, words } of overrides) {
    await sql`
      insert into prescriptions.review_override (id, review_id, finding, reason, words, pharmacist_id)
      values (${newId()}, ${review.id}, ${key}, ${reason}, ${words}, ${caller.personId})`.execute(
      tx,
    )
  }
}

function approvedOf({ prescriptions, lines }: ReviewFacts): ReadPrescription[] {
  const itemIds = new Set(
    lines.flatMap(line => (line.verdict === 'refused' ? [] : (line.itemId ?? []))),
  )
  return prescriptions.filter(
    one => one.state === 'draft' && one.items.some(item => itemIds.has(item.id)),
  )
}

async function approve(
  tx: Tx,
  approved: readonly ReadPrescription[],
  pharmacist: Registration,
): Promise<void> {
  await sql`
    update prescriptions.prescription
    set state = 'approved', approved_by = ${pharmacist.personId}, approved_at = kernel.now(),
      pharmacist_name = ${pharmacist.fullName}, pharmacist_registration = ${pharmacist.number},
      pharmacist_council = ${pharmacist.council}
    where id = any(${approved.map(one => one.id)}::uuid[])`.execute(tx)
}

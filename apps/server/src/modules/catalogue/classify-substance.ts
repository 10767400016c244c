import type { Classification, Impact } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { assertRecordable, type Period } from './classification-rule.ts'
import { findImpact } from './find-impact.ts'
import type { Reader } from './find-packs.ts'

/**
 * Records what the law says of a substance from a day on, with its source: open periods that end are closed on that
 * day, new ones begin on it, and no earlier day changes. Returns the classification's id and what it did. Refuses
 * `not_found`, and as `assertRecordable` does.
 */
export async function classifySubstance(
  database: Database,
  caller: Caller,
  stated: Classification,
): Promise<{ id: string; impact: Impact }> {
  return inTransaction(database, caller, async tx => {
    await sql`select id from catalogue.substance where id = ${stated.substanceId} for update`.execute(
      tx,
    )
    await assertClassifiable(tx, stated)
    const impact = await findImpact(tx, stated)
    const id = newId()
    await endPeriods(tx, caller, stated)
    await sql`
      insert into catalogue.schedule_rule
        (substance_id, scheme, applies_to, effective_from, source_citation, recorded_by, decided_in)
      select ${stated.substanceId}, scheme, applies_to, ${stated.from}, ${stated.sourceCitation},
        ${caller.personId}, ${id}
      from unnest(${stated.add.map(one => one.scheme)}::text[], ${stated.add.map(one => one.appliesTo)}::text[])
        as given (scheme, applies_to)`.execute(tx)
    await emit(tx, caller, 'catalogue.substance_classified', { substanceId: stated.substanceId })
    return { id, impact }
  })
}

/** What the classification would do, written nowhere. Refuses as recording it would. */
export async function previewClassification(db: Reader, stated: Classification): Promise<Impact> {
  await assertClassifiable(db, stated)
  return findImpact(db, stated)
}

async function assertClassifiable(db: Reader, stated: Classification): Promise<void> {
  const { rows } = await sql<{ today: Day; periods: string[] }>`
    select kernel.today() as today, array(
      select rule.scheme || ' ' || rule.effective_from || ' ' || coalesce(rule.effective_to::text, '')
      from catalogue.schedule_rule as rule where rule.substance_id = substance.id
    ) as periods
    from catalogue.substance where id = ${stated.substanceId}`.execute(db)
  const [found] = rows
  if (!found) throw new Refusal('not_found', 'There is no such substance. Search for it by name.')
  assertRecordable(stated, found.today, found.periods.map(readPeriod))
}

function readPeriod(text: string): Period {
  const [scheme, effectiveFrom = '', effectiveTo] = text.split(' ')
  return {
    scheme: scheme as Period['scheme'],
    effectiveFrom,
    effectiveTo: effectiveTo || null,
  }
}

async function endPeriods(tx: Tx, caller: Caller, stated: Classification): Promise<void> {
  await sql`
    update catalogue.schedule_rule set effective_to = ${stated.from}, ended_by = ${caller.personId},
      end_citation = ${stated.sourceCitation}
    where substance_id = ${stated.substanceId} and scheme = any(${stated.end as string[]})
      and effective_to is null`.execute(tx)
}

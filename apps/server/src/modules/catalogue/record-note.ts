import { noteSubjects } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { assertDay } from './day-from-now.ts'

export interface NoteWanted {
  readonly kind: 'caution' | 'storage' | 'side_effects'
  readonly subject: string
  readonly language: 'en' | 'hi'
  readonly text: string
  readonly citation: string
  readonly url?: string
  readonly reviewedOn: Day
}

/**
 * A newer sentence for the product page, with its source and the pharmacist who stands for it; the one before stays
 * on record. Refuses `rule_in_the_future` for a review that has not happened and `note_subject_wrong` for a subject
 * no page would show it under.
 */
export async function recordNote(
  database: Database,
  caller: Caller,
  note: NoteWanted,
): Promise<{ id: string }> {
  assertDay(note.reviewedOn, 'reviewedOn')
  const subjects: readonly string[] = noteSubjects[note.kind]
  if (!subjects.includes(note.subject))
    throw new Refusal(
      'note_subject_wrong',
      `A sentence of this kind is about one of: ${subjects.join(', ')}.`,
    )
  return inTransaction(database, caller, async tx => {
    const { rows } = await sql<{ id: number }>`
      insert into catalogue.content (kind, subject, language, text, citation, url, author, reviewed_on)
      select ${note.kind}, ${note.subject}, ${note.language}, ${note.text}, ${note.citation}, ${note.url ?? null},
        ${caller.personId}, ${note.reviewedOn}::date
      where ${note.reviewedOn}::date <= kernel.today()
      returning id`.execute(tx)
    const [added] = rows
    if (added) return { id: String(added.id) }
    throw new Refusal(
      'rule_in_the_future',
      'The day of review is not here yet. Enter today or before.',
    )
  })
}

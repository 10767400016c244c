import type { RecordedNote } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from './find-packs.ts'
import { namePeople } from './name-people.ts'

const notesMax = 500

type Row = Omit<RecordedNote, 'recordedAt'> & { recordedAt: Date }

/** The sentences of the product pages, those that stand and, behind each, those it replaced; at most 500. */
export async function listNotes(db: Reader): Promise<{ items: RecordedNote[] }> {
  const { rows } = await sql<Row>`
    select id::text, kind, subject, language, text, citation, url, author, reviewed_on as "reviewedOn",
      recorded_at as "recordedAt",
      row_number() over (partition by kind, subject, language order by id desc) = 1 as stands
    from catalogue.content
    order by array_position(array['caution', 'storage', 'side_effects'], kind), subject, language, id desc
    limit ${notesMax}`.execute(db)
  const nameOf = await namePeople(
    db,
    rows.map(row => row.author),
  )
  return {
    items: rows.map(row => ({
      ...row,
      author: nameOf(row.author) ?? '',
      recordedAt: row.recordedAt.toISOString(),
    })),
  }
}

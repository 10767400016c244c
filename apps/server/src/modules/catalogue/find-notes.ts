import { type MedicineNote, noteSubjects } from '@janta/contracts'
import { sql } from 'kysely'
import type { PackFacts, Reader } from './find-packs.ts'
import type { Language } from './sale-sentence.ts'

/** A note with what it is about: a schedule, a storage class, or any medicine. */
type FoundNote = MedicineNote & { subject: string }

const subjects = Object.entries(noteSubjects).flatMap(([kind, list]) =>
  list.map(subject => ({ kind, subject })),
)

/**
 * The newest note of every subject, in this language: a dozen rows, asked for beside the pack itself because which of
 * them it bears is known only once it was judged. Only rows with a citation exist.
 */
export async function findNotes(db: Reader, language: Language): Promise<FoundNote[]> {
  const { rows } = await sql<FoundNote>`
    select newest.kind, newest.subject, newest.text, newest.citation, newest.url, newest.reviewed_on as "reviewedOn"
    from unnest(${subjects.map(one => one.kind)}::text[], ${subjects.map(one => one.subject)}::text[])
      as wanted (kind, subject)
    cross join lateral (
      select kind, subject, text, citation, url, reviewed_on from catalogue.content
      where content.kind = wanted.kind and content.subject = wanted.subject and language = ${language}
      order by id desc limit 1
    ) as newest
    order by newest.kind, newest.subject limit ${subjects.length}`.execute(db)
  return rows
}

/**
 * What the product page says beside the facts: the caution of the pack's schedule, how to keep it, where to report a
 * side effect.
 */
export function notesOf(
  pack: Pick<PackFacts, 'saleClass' | 'schedules' | 'storageClass'>,
  found: readonly FoundNote[],
): MedicineNote[] {
  const wanted = [
    ['caution', cautionOf(pack)],
    ['storage', pack.storageClass],
    ['side_effects', 'any'],
  ]
  return wanted.flatMap(([kind, subject]) => {
    const note = found.find(one => one.kind === kind && one.subject === subject)
    if (!note) return []
    const { subject: _subject, ...shown } = note
    return shown
  })
}

/** A drug in H and G carries the warning of H, which asks for more. */
function cautionOf(pack: Pick<PackFacts, 'saleClass' | 'schedules'>): string | null {
  if (pack.saleClass === 'H' || pack.saleClass === 'H1') return pack.saleClass
  return pack.schedules.includes('G') ? 'G' : null
}

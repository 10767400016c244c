import type { MedicineNote } from '@janta/contracts'
import { sql } from 'kysely'
import type { PackFacts, Reader } from './find-packs.ts'
import type { Language } from './sale-sentence.ts'

/**
 * What the product page says beside the facts, in this language: the caution of its schedule, how to keep it, where
 * to report a side effect. Only rows with a citation exist.
 */
export async function findNotes(
  db: Reader,
  pack: Pick<PackFacts, 'saleClass' | 'schedules' | 'storageClass'>,
  language: Language,
): Promise<MedicineNote[]> {
  const { rows } = await sql<MedicineNote>`
    select newest.kind, newest.text, newest.citation, newest.url, newest.reviewed_on as "reviewedOn"
    from (values ('caution', ${cautionOf(pack)}::text, 1), ('storage', ${pack.storageClass}::text, 2),
      ('side_effects', 'any', 3)) as wanted (kind, subject, position)
    cross join lateral (
      select kind, text, citation, url, reviewed_on from catalogue.content
      where content.kind = wanted.kind and content.subject = wanted.subject and language = ${language}
      order by id desc limit 1
    ) as newest
    order by wanted.position limit 3`.execute(db)
  return rows
}

/** A drug in H and G carries the warning of H, which asks for more. */
function cautionOf(pack: Pick<PackFacts, 'saleClass' | 'schedules'>): string | null {
  if (pack.saleClass === 'H' || pack.saleClass === 'H1') return pack.saleClass
  return pack.schedules.includes('G') ? 'G' : null
}

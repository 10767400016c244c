import { sql } from 'kysely'
import type { Reader } from '#modules/catalogue'
import type { ReadPrescription } from './find-prescriptions.ts'

/**
 * Which of these drafts read the same paper as one on record: prescriber, patient, date and items, of any customer. A
 * revoked reading counts where something was supplied on it, unless the draft says that it replaces that one.
 */
export async function findDuplicates(
  db: Reader,
  drafts: readonly ReadPrescription[],
): Promise<Set<string>> {
  const asked = drafts.filter(one => one.state === 'draft' && one.fingerprint !== null)
  if (asked.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select distinct asked.id from unnest(${asked.map(one => one.id)}::uuid[], ${asked.map(one => one.fingerprint)}::bytea[],
      ${asked.map(one => one.replacesId)}::uuid[]) as asked (id, fingerprint, replaces_id)
    join prescriptions.prescription as known
      on known.fingerprint = asked.fingerprint and known.state <> 'draft' and known.id <> asked.id
        and known.id is distinct from asked.replaces_id
    where known.state = 'approved' or exists (
      select from prescriptions.item_use as use
      join prescriptions.prescription_item as item on item.id = use.item_id
      where item.prescription_id = known.id)
    order by asked.id`.execute(db)
  return new Set(rows.map(row => row.id))
}

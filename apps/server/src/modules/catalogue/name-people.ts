import { findNames } from '#modules/identity'
import { isId } from '#kernel/id'
import type { Reader } from './find-packs.ts'

/** Replaces the ids of staff by their names; what is no id, such as "seed of this software", stays as it is. */
export async function namePeople(
  db: Reader,
  written: readonly (string | null)[],
): Promise<(by: string | null) => string | null> {
  const ids = [...new Set(written.filter(one => one !== null && isId(one)))] as string[]
  const names = ids.length === 0 ? new Map<string, string>() : await findNames(db, ids)
  return by => (by === null || !isId(by) ? by : (names.get(by) ?? 'Staff'))
}

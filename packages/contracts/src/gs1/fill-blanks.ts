/** A row after a scan: what it holds now, and the fields where the code and the row disagree. */
export interface Filled<T> {
  readonly row: T
  readonly conflicts: readonly (keyof T)[]
}

/**
 * Puts what a code said into a row: blanks are filled, nothing that stands is changed or erased, and a field the
 * code says differently is named, so that a person decides. Values are compared without case and spaces.
 */
export function fillBlanks<T extends object>(
  row: T,
  said: Partial<Record<keyof T, string>>,
): Filled<T> {
  const filled = { ...row }
  const conflicts: (keyof T)[] = []
  for (const field of Object.keys(said) as (keyof T)[]) {
    const value = said[field]
    if (!value?.trim()) continue
    const standing = row[field]
    const text = typeof standing === 'string' ? standing : ''
    if (!text.trim()) filled[field] = value as T[keyof T]
    else if (keyOf(text) !== keyOf(value)) conflicts.push(field)
  }
  return { row: filled, conflicts }
}

function keyOf(value: string): string {
  return value.replaceAll(/\s/g, '').toUpperCase()
}

/** Which column of a table gives each field; a field the table does not have is absent. */
export type Columns<F extends string> = Readonly<Partial<Record<F, number>>>

/**
 * Guesses the columns by their headings. `headings` lists each field's known names, the likeliest first; `keyOf`
 * writes a heading as those names are written. No column is given twice.
 */
export function guessColumns<F extends string>(
  header: readonly string[],
  headings: Readonly<Record<F, readonly string[]>>,
  keyOf: (heading: string) => string,
): Columns<F> {
  const keys = header.map(keyOf)
  const columns: Partial<Record<F, number>> = {}
  const taken = new Set<number>()
  for (const field of Object.keys(headings) as F[]) {
    const at = headings[field]
      .map(heading => keys.findIndex((key, index) => key === heading && !taken.has(index)))
      .find(index => index >= 0)
    if (at === undefined) continue
    taken.add(at)
    columns[field] = at
  }
  return columns
}

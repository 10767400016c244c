/** One row of a table: its cells in the file's order and the line it ended on, for a person to find it. */
export interface TableRow {
  readonly line: number
  readonly cells: readonly string[]
}

export const columnsMax = 200
export const rowsMax = 1_000_000
/** A cell or row above this is a broken file, not a list. */
export const recordBytesMax = 64 * 1024

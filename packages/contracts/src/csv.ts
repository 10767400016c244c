// A spreadsheet runs a cell that begins like a formula; whoever wrote the text must not reach who opens the file.
const formula = /^[=+\-@\t\r]/
const isNumber = /^[+-]?\d+(\.\d+)?$/

/** One cell of a CSV, quoted where it must be, and defused where a spreadsheet would run it. */
export function csvCell(text: string): string {
  const safe = formula.test(text) && !isNumber.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One row of a CSV with its end of line (RFC 4180). */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

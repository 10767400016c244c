const separator = '\u001d'

/** Lengths of the GS1 fields a medicine's DataMatrix carries before its batch: GTIN, dates. */
const fixedLength: Record<string, number> = {
  '01': 14,
  '02': 14,
  '11': 6,
  '13': 6,
  '15': 6,
  '17': 6,
}
const openFields = ['10', '21']

/**
 * The batch number in what a scanner or a person entered: either the number itself or field (10) of a GS1
 * DataMatrix, with or without brackets. Capital letters, no spaces: batches are compared in this form.
 */
export function scannedBatch(entered: string): string {
  const code = entered.trim().replace(/^\]d2/, '')
  const bracketed = /\(10\)([^(]+)/.exec(code)
  const batch = bracketed?.[1] ?? elementOf(code) ?? code
  return batch.replaceAll(/\s/g, '').toUpperCase()
}

/** Walks the element string from its GTIN; anything that is not one is a plain batch number. */
function elementOf(code: string): string | null {
  if (!/^01\d{14}/.test(code)) return null
  let at = 0
  while (at < code.length) {
    if (code[at] === separator) {
      at += 1
      continue
    }
    const field = code.slice(at, at + 2)
    const length = fixedLength[field]
    const open = openFields.includes(field)
    if (length === undefined && !open) return null
    const stop = open ? code.indexOf(separator, at) : at + 2 + (length ?? 0)
    const end = stop === -1 ? code.length : stop
    if (field === '10') return code.slice(at + 2, end)
    at = end
  }
  return null
}

export function isSameBatch(entered: string, batchNumber: string): boolean {
  return scannedBatch(entered) === batchNumber.replaceAll(/\s/g, '').toUpperCase()
}

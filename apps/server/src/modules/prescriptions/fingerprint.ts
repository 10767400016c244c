import { createHash } from 'node:crypto'

/** Letters and digits only, so that "Dr. N. Kulkarni" and "dr n kulkarni" are one. */
export function nameKey(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/^\s*(dr|doctor|mr|mrs|ms|shri|smt|डॉ)\s+/u, '')
    .trim()
}

/**
 * The same prescription whoever sends it: prescriber, patient, date and what is prescribed, in any order. Null while one
 * of the first three is missing. One prescription used many times is the chemists' first complaint about platforms.
 */
export function fingerprintOf(written: {
  readonly prescriberName: string | null
  readonly patientName: string | null
  readonly issuedOn: string | null
  readonly items: readonly { readonly written: string; readonly units: number | null }[]
}): Buffer | null {
  const { prescriberName, patientName, issuedOn, items } = written
  if (!prescriberName || !patientName || !issuedOn || items.length === 0) return null
  const parts = [
    nameKey(prescriberName),
    nameKey(patientName),
    issuedOn,
    ...items.map(item => `${nameKey(item.written)}|${item.units ?? ''}`).sort(),
  ]
  return createHash('sha256').update(parts.join('\n')).digest()
}

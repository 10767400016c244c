import { readScan } from '@janta/contracts/gs1'

/**
 * The batch number in what a scanner or a person entered: the one a code carries, or the text itself. Capital letters,
 * no spaces: batches are compared in this form.
 */
export function scannedBatch(entered: string): string {
  const scan = readScan(entered)
  const batch = 'facts' in scan ? scan.facts.batch : undefined
  return (batch ?? entered).replaceAll(/\s/g, '').toUpperCase()
}

export function isSameBatch(entered: string, batchNumber: string): boolean {
  return scannedBatch(entered) === batchNumber.replaceAll(/\s/g, '').toUpperCase()
}

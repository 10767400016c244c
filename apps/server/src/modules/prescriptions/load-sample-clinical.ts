import { fileURLToPath } from 'node:url'
import type { Database } from '#kernel/database'
import { importClinicalList } from './import-clinical-list.ts'

const file = fileURLToPath(new URL('../../../sample/clinical-checks.csv', import.meta.url))

/**
 * Loads the small list of clinical checks that comes with the software, each rule with its source. It is confirmed by
 * nobody until the pharmacy's own pharmacist brings a list in under her name. Running it again changes nothing.
 */
export async function loadSampleClinical(database: Database): Promise<void> {
  await importClinicalList(database, {
    path: file,
    confirmedBy: 'SAMPLE: the pharmacist of the pharmacy has yet to confirm this list',
  })
}

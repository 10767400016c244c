import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { medicineCategories } from '@janta/contracts'
import { systemCaller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'
import { cellReader } from './list-fields.ts'
import { readListRow } from './listed-pack.ts'
import { readMedicineFile } from './read-medicine-file.ts'
import { readRupees } from './read-money.ts'
import {
  findPackIds,
  noKnownIds,
  type PackExtras,
  type StorablePack,
  storePacks,
} from './store-packs.ts'

const sampleFile = fileURLToPath(new URL('../../../sample/catalogue.csv', import.meta.url))
const kinds: readonly string[] = ['drug', 'device', 'cosmetic', 'food', 'other']
const storageClasses: readonly string[] = ['frozen', 'cold', 'cool', 'room']

/**
 * Loads the sample catalogue: real salts and strengths under brands and makers that do not exist, each marked as a
 * sample. Running it again changes nothing. Returns every sample pack's id in the file's order.
 */
export async function loadSampleCatalogue(database: Database): Promise<string[]> {
  const packs = await readSampleCatalogue()
  const origin = { source: 'sample', isSample: true }
  return inTransaction(database, systemCaller('load-sample-catalogue'), async tx => {
    await storePacks(tx, packs, origin, noKnownIds())
    return findPackIds(tx, packs)
  })
}

/** The sample file's rows; a row that cannot be read is a bug of ours. */
export async function readSampleCatalogue(): Promise<StorablePack[]> {
  const file = await readMedicineFile(sampleFile)
  const readCells = cellReader(file.header)
  const packs: StorablePack[] = []
  for await (const row of file.rows()) {
    const cell = readCells(row.cells)
    assert(cell, `line ${row.line} of the sample has a cell too many or too few`)
    packs.push(readSampleRow(cell, row.line))
  }
  return packs
}

function readSampleRow(cell: (column: string) => string, line: number): StorablePack {
  assert.equal(cell('is_sample'), 'yes', `line ${line} of the sample is not marked as a sample`)
  const read = readListRow({
    name: cell('name'),
    manufacturer: cell('manufacturer'),
    form: cell('form'),
    packLabel: cell('pack'),
    composition: cell('composition'),
    isCutOff: false,
    mrp: cell('mrp'),
    isDiscontinued: false,
    popularity: Number(cell('popularity')),
  })
  assert('pack' in read, `line ${line} of the sample cannot be read`)
  return {
    ...read.pack,
    hsn: cell('hsn'),
    pricePaise: readRupees(cell('price')),
    ...extrasOf(cell, line),
  }
}

function extrasOf(cell: (column: string) => string, line: number): PackExtras {
  const wrong = `line ${line} of the sample`
  assert(kinds.includes(cell('kind')), `${wrong} has no kind`)
  assert(storageClasses.includes(cell('storage_class')), `${wrong} has no storage class`)
  assert(
    (medicineCategories as readonly string[]).includes(cell('category')),
    `${wrong} has no category`,
  )
  return {
    kind: cell('kind') as PackExtras['kind'],
    storageClass: cell('storage_class') as PackExtras['storageClass'],
    category: cell('category'),
    storageText: cell('storage_text'),
    countryOfOrigin: cell('country'),
  }
}

import { type FileContent, registerFileMax } from '@janta/contracts'
import { sql } from 'kysely'
import { findSeller } from '#modules/billing'
import type { Reader } from '#modules/catalogue'
import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import { drawRegister } from './draw-register.ts'
import { findRegisterEntries, type RegisterAsked } from './find-register-entries.ts'
import { registerCsv } from './register-csv.ts'

interface StoreNamed {
  readonly id: string
  readonly name: string
}

/** What was asked of a register as one file. Refuses `register_file_too_long`. */
export async function registerFile(
  db: Reader,
  store: StoreNamed,
  { format, ...asked }: RegisterAsked & { readonly format: 'csv' | 'pdf' },
): Promise<FileContent> {
  const limit = registerFileMax[format]
  const page = { after: 0, limit: limit + 1 }
  const entries = await findRegisterEntries(db, store.id, asked, page)
  if (entries.length > limit) {
    throw new Refusal(
      'register_file_too_long',
      `One file holds ${limit} entries. Choose a shorter period.`,
    )
  }
  const { register, from, to } = asked
  const only = narrowedBy(asked, entries[0]?.drugName)
  const extract = only.length > 0 && 'extract'
  const name = `${['register', register, extract, from, to].filter(Boolean).join('-')}.${format}`
  if (format === 'csv') {
    // The mark tells a spreadsheet that names in Hindi are UTF-8.
    const base64 = Buffer.from(`\uFEFF${registerCsv(entries)}`).toString('base64')
    return { name, contentType: 'text/csv; charset=utf-8', base64 }
  }
  const { rows } = await sql<{ now: Date; today: Day }>`
    select kernel.now() as now, kernel.today() as today`.execute(db)
  const { now, today } = rows[0]!
  const seller = await findSeller(db, store.id, today)
  const bytes = await drawRegister({
    register,
    from: from ?? null,
    to: to ?? null,
    only,
    printedAt: now,
    store: {
      name: seller?.legalName ?? store.name,
      address: seller ? [...seller.addressLines, seller.pin].join(', ') : '',
      licences: seller?.drugLicences ?? [],
    },
    entries,
  })
  return { name, contentType: 'application/pdf', base64: bytes.toString('base64') }
}

function narrowedBy(
  { medicineId, batchNumber, prescriber }: RegisterAsked,
  drugName: string | undefined,
): string[] {
  return [
    medicineId ? `medicine ${drugName ?? medicineId}` : '',
    batchNumber ? `batch ${batchNumber}` : '',
    prescriber ? `prescriber ${prescriber}` : '',
  ].filter(text => text !== '')
}

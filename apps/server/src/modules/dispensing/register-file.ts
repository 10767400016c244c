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
  const name = `${['register', register, from, to].filter(Boolean).join('-')}.${format}`
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

import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import { defaultStore } from '#modules/stock'
import type { Caller } from '#kernel/caller'
import { type Day, isDay } from '#kernel/day'
import type { Surroundings } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { serve } from '#kernel/serve'
import { inTransaction } from '#kernel/transaction'
import { confirmRegisterPage } from './confirm-register-page.ts'
import { findRegisterDays } from './find-register-days.ts'
import { findRegisterForms } from './find-register-forms.ts'
import { findRegisterEntries } from './find-register-entries.ts'
import { registerFile } from './register-file.ts'
import { setRegisterForm } from './set-register-form.ts'
import { verifyRegisterMonth } from './verify-register-month.ts'

const pageDefault = 25

/** Mounts the statutory registers for the counter and the inspector. */
export function registerRoutes(app: FastifyInstance, { database }: Surroundings): void {
  // What was just written is looked for at once, so these read the writing database.
  const { db, reads } = database
  const store = () => defaultStore(db)
  serve(app, api.listRegisterEntries, async ({ caller, query }) => {
    const { limit = pageDefault, after, ...asked } = query
    assertDays(asked.from, asked.to)
    const { id } = await store()
    await noteReading(caller, id)
    const page = { after: serialOf(after), limit: limit + 1 }
    const found = await findRegisterEntries(db, id, asked, page)
    const items = found.slice(0, limit)
    return { items, next: found.length > limit ? String(items.at(-1)?.serial) : null }
  })
  serve(app, api.exportRegister, async ({ caller, query }) => {
    assertDays(query.from, query.to)
    const found = await store()
    await noteReading(caller, found.id)
    return registerFile(db, found, query)
  })
  serve(app, api.listRegisterDays, async ({ query }) => {
    assertDays(query.before)
    return { items: await findRegisterDays(db, (await store()).id, query) }
  })
  serve(app, api.confirmRegisterPage, async ({ caller, body }) => {
    assertDays(body.day)
    return confirmRegisterPage(database, caller, { storeId: (await store()).id, ...body })
  })
  serve(app, api.setRegisterForm, async ({ caller, body }) => {
    assertDays(body.from)
    return setRegisterForm(database, caller, { storeId: (await store()).id, ...body })
  })
  serve(app, api.listRegisterForms, async () => findRegisterForms(db, (await store()).id))
  serve(app, api.verifyRegisterMonth, async ({ query }) =>
    verifyRegisterMonth(reads, (await store()).id, query.month),
  )

  /** Nobody reads a register before that is on the audit trail. */
  const noteReading = (caller: Caller, id: string) =>
    inTransaction(database, caller, async () => ({ id }))
}

function assertDays(...days: readonly (Day | undefined)[]): void {
  if (days.every(day => day === undefined || isDay(day))) return
  throw new Refusal('malformed_request', 'This day does not exist. Choose it from the calendar.')
}

function serialOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (/^[1-9]\d{0,8}$/.test(cursor)) return Number(cursor)
  throw new Refusal('malformed_request', 'Begin the list again from its first page.')
}

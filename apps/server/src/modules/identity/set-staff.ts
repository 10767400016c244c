import type { Role } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import { inTransaction, type Tx } from '#kernel/transaction'
import { giveStaffRoles } from './change-roles.ts'
import { findSessionHashes, type KeptSessions, raiseChange } from './kept-sessions.ts'
import { parseMobile } from './mobile-number.ts'

interface Staff {
  readonly mobile: string
  readonly name: string
  readonly roles: readonly Role[]
}

/**
 * Gives the person of a mobile number exactly these roles, known here or not; with none left, every session of hers
 * ends. Refuses `mobile_invalid`, and `last_administrator` when nobody would be left to give a role back.
 */
export async function setStaff(
  { database, sessions }: { database: Database; sessions: KeptSessions },
  caller: Caller,
  staff: Staff,
): Promise<{ id: string }> {
  const mobile = parseMobile(staff.mobile)
  if (!mobile) {
    throw new Refusal('mobile_invalid', 'Enter a ten-digit Indian mobile number.', {
      fields: [{ field: 'mobile', message: 'must be a ten-digit Indian mobile number' }],
    })
  }
  const told = await sessions.forget(await hashesOf(database, mobile))
  return inTransaction(database, caller, async tx => {
    const id = await putPerson(tx, mobile, staff.name.trim())
    await giveStaffRoles(tx, caller, id, staff.roles)
    await told(tx)
    await raiseChange(tx)
    return { id }
  })
}

async function hashesOf(database: Database, mobile: string): Promise<Buffer[]> {
  const { rows } = await sql<{ id: string }>`
    select id from identity.person where mobile = ${mobile}`.execute(database.db)
  return rows[0] ? findSessionHashes(database, rows[0].id) : []
}

async function putPerson(tx: Tx, mobile: string, name: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into identity.person (id, mobile, name) values (${newId()}, ${mobile}, ${name})
    on conflict (mobile) do update set name = excluded.name returning id`.execute(tx)
  return rows[0]!.id
}

import { isRole, type Role, roles } from '@janta/contracts'
import { type Caller, systemCaller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import { writeEntry } from '#modules/audit'
import { findStaff, openKeptSessions, setStaff } from '#modules/identity'
import type { Command } from './command.ts'

const usage = `Usage: npm run janta -- staff set MOBILE "NAME" ${roles.join(',')} (or none)`

/** The trail says that it was done at a terminal, where nobody is signed in. */
const atTerminal = (): Caller => {
  const caller = systemCaller('staff_set')
  const { requestId } = caller
  const action = 'identity.roles_changed'
  return {
    ...caller,
    audit: (tx, objectId) => writeEntry(tx, { action, actorId: null, requestId, objectId }),
  }
}

/** For the first administrator, whom nobody can appoint on a screen, and for the day the last one is unreachable. */
export const staffCommands: Readonly<Record<string, Command>> = {
  staff: {
    summary: 'who works here, with which roles',
    async run({ surroundings, say }) {
      for (const one of await findStaff(surroundings.database.db)) {
        const held = one.roles.join(', ') || 'left'
        say(`${one.mobileMasked}  ${one.name ?? ''}: ${held}; signed in on ${one.openSessions}`)
      }
      return 0
    },
  },
  'staff set': {
    summary: 'give a person exactly these roles: MOBILE "NAME" administrator,pharmacist or none',
    async run({ args, surroundings, say }) {
      const [mobile, name, list, ...more] = args
      const given = rolesOf(list)
      if (!mobile || !name || !given || more.length > 0) {
        say(usage)
        return 1
      }
      const { database } = surroundings
      const keeping = { database, sessions: openKeptSessions(surroundings) }
      try {
        const { id } = await setStaff(keeping, atTerminal(), { mobile, name, roles: given })
        const [now] = await findStaff(database.db, id)
        say(`${now?.mobileMasked}  ${name}: ${now?.roles.join(', ') || 'left, signed out'}`)
        return 0
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        say(error.message)
        return 1
      }
    },
  },
}

function rolesOf(list: string | undefined): Role[] | undefined {
  if (list === 'none') return []
  const named = list?.split(',') ?? []
  return named.length > 0 && named.every(isRole) ? [...new Set(named)] : undefined
}

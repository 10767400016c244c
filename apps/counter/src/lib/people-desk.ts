import {
  client,
  endStaffSessions,
  listRoleChanges,
  listStaff,
  setStaff,
  setStaffRoles,
} from '@janta/contracts'
import type { Translated } from '@janta/ui/i18n.ts'
import { send } from './api.ts'
import { language } from './language.svelte.ts'
import { people as english } from './messages/en/people.ts'
import { people as hindi } from './messages/hi/people.ts'

/** What the page about people and their roles asks, apart from what every desk downloads. */
export const peopleApi = client(
  { endStaffSessions, listRoleChanges, listStaff, setStaff, setStaffRoles },
  '',
  send,
)

/** The words of this page in the language of this device; read inside `$derived`. */
export function peopleWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}

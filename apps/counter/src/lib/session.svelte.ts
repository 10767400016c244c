import type { Permission, Person } from '@janta/contracts'
import { mayDo } from '@janta/contracts'

/** Who stands at this desk. Only in memory: the cookie that proves it is the browser's and not readable here. */
class Session {
  /** `undefined`: not asked yet. */
  person = $state.raw<Person | null | undefined>(undefined)
  /** True when the server ended a session in the middle of work: the sign-in page then says so. */
  wasLost = $state(false)
  /** Where to go on after signing in; never from the address, so nobody can send staff elsewhere. */
  next: string | null = null

  readonly isStaff = $derived((this.person?.roles.length ?? 0) > 0)

  may(permission: Permission): boolean {
    return this.person ? mayDo(this.person.roles, permission) : false
  }

  lose(): void {
    if (this.person) this.wasLost = true
    this.person = null
  }
}

export const session = new Session()

import type { Module, Surroundings } from '#kernel/module'
import { findCaller } from './find-caller.ts'
import { openKeptSessions } from './kept-sessions.ts'
import { forgetOldSignIns } from './forget-old-sign-ins.ts'
import { identityRoutes } from './routes.ts'
import type { SignedIn } from './sign-in.ts'

export { cartCookie } from './find-caller.ts'
export { findNames } from './find-people.ts'
export { maskMobile, parseMobile } from './mobile-number.ts'
export { loadSamplePeople, type SampleLogin } from './load-sample-people.ts'
export { drawToken, hashToken } from './session-token.ts'
export { findCaller, openKeptSessions }
export { changeRoles } from './change-roles.ts'

/** People, their sign-in and their roles. `signedIn` runs inside the sign-in's transaction. */
export function identity(surroundings: Surroundings, ports: { signedIn: SignedIn }): Module {
  return {
    name: 'identity',
    routes: app => identityRoutes(app, surroundings, ports.signedIn),
    recurring: [
      { task: 'identity.forget_old_sign_ins', pattern: '17 21 * * *', run: forgetOldSignIns },
    ],
  }
}

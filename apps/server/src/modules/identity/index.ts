import type { Module, Surroundings } from '#kernel/module'
import { findCaller } from './find-caller.ts'
import { openKeptSessions } from './kept-sessions.ts'
import { forgetOldSignIns } from './forget-old-sign-ins.ts'
import { pharmacistRoutes } from './pharmacist-routes.ts'
import { identityRoutes } from './routes.ts'
import { staffRoutes } from './staff-routes.ts'
import type { SignedIn } from './sign-in.ts'

export { assertRegisteredOnDuty, type Registration } from './assert-registered-on-duty.ts'
export { cartCookie } from './find-caller.ts'
export { findOnDuty, findPharmacistStore } from './find-duty.ts'
export { findMobile } from './find-mobile.ts'
export { findNames } from './find-people.ts'
export { maskMobile, parseMobile } from './mobile-number.ts'
export { loadSamplePeople, type SampleLogin } from './load-sample-people.ts'
export { loadSampleRegistration } from './load-sample-registration.ts'
export { drawToken, hashToken } from './session-token.ts'
export { findCaller, openKeptSessions }
export { changeRoles } from './change-roles.ts'
export { findStaff } from './find-staff.ts'
export { setStaff } from './set-staff.ts'

/** People, their sign-in and their roles. `signedIn` runs inside the sign-in's transaction. */
export function identity(surroundings: Surroundings, ports: { signedIn: SignedIn }): Module {
  return {
    name: 'identity',
    routes: app => {
      identityRoutes(app, surroundings, ports.signedIn)
      pharmacistRoutes(app, surroundings)
      staffRoutes(app, surroundings)
    },
    recurring: [
      { task: 'identity.forget_old_sign_ins', pattern: '17 21 * * *', run: forgetOldSignIns },
    ],
  }
}

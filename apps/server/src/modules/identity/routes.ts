import { api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { serve } from '#kernel/serve'
import { openSmsSender } from '#kernel/sms-sender'
import { hashAddress } from './find-caller.ts'
import { findPerson } from './find-people.ts'
import { requestSignInCode } from './request-sign-in-code.ts'
import { sendSignInCode } from './send-sign-in-code.ts'
import { sessionCookie } from './session-token.ts'
import { openKeptSessions } from './kept-sessions.ts'
import { type SignedIn, signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { resendAfterSeconds } from './sign-in-code.ts'
import { signInText } from './sign-in-text.ts'

/** Mounts sign-in, sign-out and "who am I". */
export function identityRoutes(
  app: FastifyInstance,
  surroundings: Surroundings,
  signedIn: SignedIn,
): void {
  const { config, database } = surroundings
  const sessions = openKeptSessions(surroundings)
  const { sms, publicUrl } = config
  const sender = sms && openSmsSender(sms)
  serve(app, api.requestSignInCode, async ({ body, caller }) => {
    const isShown = config.mode !== 'production'
    if (!sender && !isShown) {
      throw new Refusal(
        'code_not_sent',
        'Sign-in by SMS is not connected yet. Call the pharmacy to order.',
        { retryAfterSeconds: 3_600 },
      )
    }
    const made = await requestSignInCode(database, caller, {
      mobile: body.mobile,
      addressHash: hashAddress(config.secretKey, caller.address),
      secretKey: config.secretKey,
    })
    const { id, mobile, mobileMasked, expiresAt, code } = made
    const { language = 'en' } = body
    if (sender) {
      const text = signInText(language, { code, publicUrl })
      const template = `sign_in.${language}`
      await sendSignInCode(sender, { to: mobile, template, text, reference: id })
    }
    const asked = { id, mobileMasked, expiresAt, resendAfterSeconds }
    return isShown ? { ...asked, localCode: code } : asked
  })
  serve(app, api.createSession, async ({ body, caller, answer }) => {
    const request = { ...body, secretKey: config.secretKey, formerToken: caller.sessionToken }
    const { person, token, maxAgeSeconds } = await signIn(
      { database, sessions },
      caller,
      request,
      signedIn,
    )
    answer.setCookie(sessionCookie, token, maxAgeSeconds)
    return person
  })
  serve(app, api.endSession, async ({ caller, answer }) => {
    const { sessionToken } = caller
    if (sessionToken) await signOut({ database, sessions }, caller, sessionToken)
    answer.clearCookie(sessionCookie)
    return null
  })
  serve(app, api.getMe, async ({ caller }) => ({
    person: caller.personId ? await findPerson(database.reads, caller.personId) : null,
  }))
}

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { replicaLagMsMax } from '#kernel/replica-watch'

const cookieName = '__Host-wrote'
/** Twice as long as the copy may be behind. */
const freshSeconds = Math.ceil((2 * replicaLagMsMax) / 1_000)

/**
 * Who has just written reads the primary for a few seconds and so finds what they wrote, whichever task answers: the
 * browser carries the mark, so no task needs to remember anybody.
 */
export function rememberWriters(app: FastifyInstance): void {
  app.addHook('onSend', async (request, response) => {
    const isWrite = request.method !== 'GET' && request.method !== 'HEAD'
    if (!isWrite || response.statusCode >= 400) return
    response.header(
      'set-cookie',
      `${cookieName}=1; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=${freshSeconds}`,
    )
  })
}

export function hasJustWritten(request: FastifyRequest): boolean {
  return request.headers.cookie?.includes(`${cookieName}=1`) ?? false
}

import { hash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

/**
 * Public answers carry a tag of their content, and whoever already has that content is told so in a few bytes
 * (RFC 9110, 13.1.2). What may be one person's is `no-store` and gets no tag.
 */
export function tagPublicAnswers(app: FastifyInstance): void {
  app.addHook('onSend', (request, response, payload, done) => {
    const isPublic = String(response.getHeader('cache-control') ?? '').startsWith('public')
    if (!isPublic || response.statusCode !== 200 || typeof payload !== 'string')
      return done(null, payload)
    // Encoded once, for the tag and for the socket.
    const bytes = Buffer.from(payload)
    const tag = `W/"${hash('sha1', bytes, 'base64url')}"`
    response.header('etag', tag)
    if (!isKnown(request.headers['if-none-match'], tag)) return done(null, bytes)
    response.status(304).removeHeader('content-type').removeHeader('content-length')
    done(null, '')
  })
}

const tagsMax = 20

function isKnown(sent: string | undefined, tag: string): boolean {
  if (sent === undefined) return false
  const tags = sent.split(',', tagsMax).map(one => one.trim())
  return tags.includes('*') || tags.includes(tag)
}

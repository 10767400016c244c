import type { RefusalValues } from '@janta/contracts'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { faultFields } from '#kernel/log'
import { Refusal } from '#kernel/refusal'

/** RFC 9457 problem details, with a stable code and the request id a customer can read out on the telephone. */
interface Problem {
  status: number
  code: string
  detail: string
  fields?: readonly { field: string; message: string }[]
  values?: RefusalValues
  retryAfterSeconds?: number | undefined
}

const busySeconds = 5
const fieldsReportedMax = 20

/** Answers an error: a refusal as itself, a malformed request by its fields, a lost world as 503, a bug as 500. */
export function answerProblem(error: Error, request: FastifyRequest, response: FastifyReply): void {
  const problem = problemOf(error as FastifyError)
  if (problem.status >= 500) {
    request.log.error({ route: request.routeOptions.url, ...faultFields(error) }, 'request failed')
  }
  if (problem.retryAfterSeconds) response.header('retry-after', String(problem.retryAfterSeconds))
  response
    .status(problem.status)
    .header('cache-control', 'no-store')
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({
      type: `urn:janta:${problem.code}`,
      title: problem.code.replaceAll('_', ' '),
      status: problem.status,
      code: problem.code,
      detail: problem.detail,
      requestId: request.id,
      ...(problem.fields?.length ? { fields: problem.fields } : {}),
      ...(Object.keys(problem.values ?? {}).length > 0 ? { values: problem.values } : {}),
    })
}

export function answerNotFound(request: FastifyRequest, response: FastifyReply): void {
  answerProblem(new Refusal('not_found', 'There is nothing at this address.'), request, response)
}

function problemOf(error: FastifyError | Refusal): Problem {
  if (error instanceof Refusal) {
    const { status, code, message, fields, values, retryAfterSeconds } = error
    return { status, code, detail: message, fields, values, retryAfterSeconds }
  }
  if (error.validation) return malformed(error)
  if (isWorldGone(error)) {
    return {
      status: 503,
      code: 'unavailable',
      detail: 'The pharmacy is busy for a moment. Nothing was lost; try again shortly.',
      retryAfterSeconds: busySeconds,
    }
  }
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500) {
    return { status, code: 'malformed_request', detail: 'The request could not be read.' }
  }
  return {
    status: 500,
    code: 'fault',
    detail:
      'Something went wrong on our side. It has been recorded; try again, or call us with the request number.',
  }
}

function malformed(error: FastifyError): Problem {
  const fields = (error.validation ?? []).slice(0, fieldsReportedMax).map(one => {
    const missing = (one.params as { missingProperty?: string } | undefined)?.missingProperty
    const path = one.instancePath.slice(1).replaceAll('/', '.')
    return {
      field: [path, missing].filter(Boolean).join('.') || (error.validationContext ?? 'request'),
      message: one.message ?? 'is not as expected',
    }
  })
  return {
    status: 400,
    code: 'malformed_request',
    detail: 'Some fields are missing or not as expected.',
    fields,
  }
}

const goneCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53100',
  '08000',
  '08003',
  '08006',
  '55P03',
  '40001',
  '40P01',
  'STORAGE_UNAVAILABLE',
  'GATEWAY_UNAVAILABLE',
])

/** True when the database or a service cannot be reached or has no room, rather than when our code is wrong. */
export function isWorldGone(error: Error & { code?: string }): boolean {
  if (error.code !== undefined) return goneCodes.has(error.code)
  return /timeout exceeded when trying to connect|Connection terminated|not queryable/i.test(
    error.message,
  )
}

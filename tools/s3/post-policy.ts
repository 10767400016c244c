import { type AccessKeys, badSignature, parseCredential } from './authenticate.ts'
import { objectBytesMax } from './limits.ts'
import { S3Error } from './s3-error.ts'
import { parseAmzDate, sameSignature, signingKey, textSignature } from './signature.ts'

/** The fields of an upload form before its file, names in lower case. */
export type FormFields = Map<string, string>

type Condition =
  | { kind: 'eq' | 'starts-with'; field: string; value: string }
  | { kind: 'size'; bytesMin: number; bytesMax: number }

const exemptFields = new Set(['policy', 'x-amz-signature', 'file'])

/**
 * Proves that the form's policy was signed with the local key, has not expired, names this bucket
 * and allows every field of the form; a field the policy does not mention is refused, so a policy
 * cannot be replayed for another key, type or bucket. Answers the size range the file must keep.
 */
export function assertPolicyAllows(
  fields: FormFields,
  { bucket, keys, nowMs }: { bucket: string; keys: AccessKeys; nowMs: number },
): { bytesMin: number; bytesMax: number } {
  const encoded = fields.get('policy')
  if (encoded === undefined) throw new S3Error('AccessDenied', 'Access Denied')
  assertPolicySigned(fields, encoded, keys)
  const { expiresMs, conditions } = parsePolicy(encoded)
  if (nowMs > expiresMs) throw denied('Policy expired.')
  const values = new Map(fields).set('bucket', fields.get('bucket') ?? bucket)
  if (values.get('bucket') !== bucket) throw denied('Policy Condition failed: bucket')
  const range = { bytesMin: 0, bytesMax: objectBytesMax }
  const covered = new Set<string>()
  for (const condition of conditions) {
    if (condition.kind === 'size') {
      range.bytesMin = Math.max(range.bytesMin, condition.bytesMin)
      range.bytesMax = Math.min(range.bytesMax, condition.bytesMax)
      continue
    }
    const { field, kind, value } = condition
    covered.add(field)
    if (!holds(kind, values.get(field), value)) throw denied(`Policy Condition failed: ${field}`)
  }
  for (const field of values.keys()) {
    const isExempt = exemptFields.has(field) || field.startsWith('x-ignore-')
    if (!isExempt && !covered.has(field)) throw denied(`Extra input fields: ${field}`)
  }
  return range
}

function holds(kind: 'eq' | 'starts-with', given: string | undefined, wanted: string): boolean {
  if (given === undefined) return false
  return kind === 'eq' ? given === wanted : given.startsWith(wanted)
}

function assertPolicySigned(fields: FormFields, encoded: string, keys: AccessKeys): void {
  const date = fields.get('x-amz-date') ?? ''
  const isKnown = fields.get('x-amz-algorithm') === 'AWS4-HMAC-SHA256'
  if (!isKnown || parseAmzDate(date) === undefined) {
    throw new S3Error('InvalidArgument', 'The form needs x-amz-algorithm and a valid x-amz-date.')
  }
  const credential = parseCredential(fields.get('x-amz-credential') ?? '', date)
  if (credential.accessKeyId !== keys.accessKeyId) {
    throw new S3Error('InvalidAccessKeyId', 'The access key id does not exist in our records.')
  }
  const expected = textSignature(signingKey(keys.secretAccessKey, credential.scope), encoded)
  if (!sameSignature(expected, fields.get('x-amz-signature') ?? '')) throw badSignature()
}

function parsePolicy(encoded: string): { expiresMs: number; conditions: Condition[] } {
  let policy: unknown
  try {
    policy = JSON.parse(Buffer.from(encoded, 'base64').toString())
  } catch {
    throw invalidPolicy('it is not JSON')
  }
  const { expiration, conditions } = (policy ?? {}) as Record<string, unknown>
  const expiresMs = typeof expiration === 'string' ? Date.parse(expiration) : Number.NaN
  if (Number.isNaN(expiresMs)) throw invalidPolicy('it has no expiration')
  if (!Array.isArray(conditions)) throw invalidPolicy('it has no conditions')
  return { expiresMs, conditions: conditions.flatMap(parseCondition) }
}

function parseCondition(condition: unknown): Condition[] {
  if (Array.isArray(condition)) {
    const [kind, subject, value] = condition as unknown[]
    if (condition.length !== 3) throw invalidPolicy('a condition has three parts')
    if (kind === 'content-length-range' && isCount(subject) && isCount(value)) {
      return [{ kind: 'size', bytesMin: Number(subject), bytesMax: Number(value) }]
    }
    const isField = typeof subject === 'string' && subject.startsWith('$')
    if ((kind === 'eq' || kind === 'starts-with') && isField && typeof value === 'string') {
      return [{ kind, field: subject.slice(1).toLowerCase(), value }]
    }
  } else if (typeof condition === 'object' && condition !== null) {
    return Object.entries(condition).map(([name, value]) => {
      if (typeof value !== 'string') throw invalidPolicy(`the condition on ${name} is not a text`)
      return { kind: 'eq', field: name.toLowerCase(), value }
    })
  }
  throw invalidPolicy('it holds an unknown condition')
}

function isCount(value: unknown): boolean {
  return /^\d{1,15}$/.test(String(value))
}

function denied(reason: string): S3Error {
  return new S3Error('AccessDenied', `Invalid according to Policy: ${reason}`)
}

function invalidPolicy(reason: string): S3Error {
  return new S3Error('InvalidPolicyDocument', `Invalid Policy: ${reason}.`)
}

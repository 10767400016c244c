// The gateway's own shapes, as its documents show them: amounts in paise, instants in seconds.

export interface OrderEntity {
  readonly id: string
  readonly entity: 'order'
  readonly amount: number
  readonly currency: string
  readonly receipt: string | null
  readonly notes: Readonly<Record<string, string>>
  readonly created_at: number
  amount_paid: number
  status: 'created' | 'attempted' | 'paid'
}

export interface PaymentEntity {
  readonly id: string
  readonly entity: 'payment'
  readonly amount: number
  readonly currency: string
  readonly order_id: string
  readonly method: string
  readonly created_at: number
  /** What a real one carries about the customer, so that a test can prove that none of it is kept. */
  readonly email: string
  readonly contact: string
  readonly vpa: string
  status: 'created' | 'authorized' | 'captured' | 'refunded' | 'failed'
  captured: boolean
  amount_refunded: number
  fee: number
  tax: number
  acquirer_data: { rrn?: string }
}

export interface RefundEntity {
  readonly id: string
  readonly entity: 'refund'
  readonly amount: number
  readonly currency: string
  readonly payment_id: string
  readonly receipt: string | null
  readonly created_at: number
  status: 'pending' | 'processed' | 'failed'
  acquirer_data: { arn?: string }
}

/** A no, as the gateway says it. */
export class GatewayError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, description: string) {
    super(description)
    this.status = status
    this.code = code
  }
}

export const badRequest = (description: string): GatewayError =>
  new GatewayError(400, 'BAD_REQUEST_ERROR', description)

/** Refuses fields nobody documented, and those of another kind than documented. */
export function readBody(
  body: unknown,
  allowed: Readonly<Record<string, 'number' | 'string' | 'boolean' | 'object'>>,
): Record<string, unknown> {
  if (typeof body !== 'object' || body === null) throw badRequest('The request has no body.')
  for (const [name, value] of Object.entries(body)) {
    const kind = allowed[name]
    if (!kind) throw badRequest(`${name} is/are not required and should not be sent`)
    if (typeof value !== kind) throw badRequest(`The ${name} field is invalid.`)
  }
  return body as Record<string, unknown>
}

export function amountOf(value: unknown, least: number): number {
  if (!Number.isSafeInteger(value)) throw badRequest('The amount must be an integer.')
  if (Number(value) < least) throw badRequest(`The amount must be at least ${least}.`)
  return Number(value)
}

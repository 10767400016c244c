import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Order } from './ordering.ts'
import { Id } from './shapes.ts'

// What a customer may do while her order waits for somebody.

export const takeApproved = endpoint({
  method: 'POST',
  path: '/orders/:id/approved-part',
  summary: 'Take the part of an order a pharmacist approved; the rest falls away',
  tag: 'ordering',
  status: 201,
  permission: 'signed_in',
  ownership: 'person',
  audit: 'ordering.approved_part_taken',
  params: Type.Object({ id: Id }),
  reply: Order,
  refusals: ['malformed_request', 'sign_in_needed', 'not_found', 'order_state_forbids'],
})

export const payAtDoor = endpoint({
  method: 'POST',
  path: '/orders/:id/cash',
  summary:
    'Pay in cash after all while an order waits for its money, within the limits of cash; money that comes from the bank later goes back',
  tag: 'ordering',
  status: 201,
  permission: 'signed_in',
  ownership: 'person',
  audit: 'ordering.cash_chosen',
  params: Type.Object({ id: Id }),
  reply: Order,
  refusals: [
    'malformed_request',
    'sign_in_needed',
    'not_found',
    'order_state_forbids',
    'pin_code_not_served',
    'cash_limit_exceeded',
    'cash_not_offered',
  ],
})

export const addPrescription = endpoint({
  method: 'POST',
  path: '/orders/:id/prescription',
  summary:
    'Lay further files before the pharmacist: a sharper photo, or the paper the customer waited for; what was approved stays approved',
  tag: 'ordering',
  status: 201,
  permission: 'signed_in',
  ownership: 'person',
  audit: 'ordering.prescription_added',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    { uploadIds: Type.Array(Id, { minItems: 1, maxItems: 10, uniqueItems: true }) },
    { additionalProperties: false },
  ),
  reply: Order,
  refusals: [
    'malformed_request',
    'sign_in_needed',
    'not_found',
    'order_state_forbids',
    'upload_not_ready',
    'upload_limit_reached',
  ],
})

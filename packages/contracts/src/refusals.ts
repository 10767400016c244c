/**
 * Every refusal the API can give, by its stable code, with its HTTP status and what kind of no it is.
 * The sentence is written where the rule lives, because only there is it known what to do next.
 */
export const refusals = {
  malformed_request: 400,
  sign_in_needed: 401,
  not_allowed: 403,
  cross_site_request: 403,
  not_found: 404,
  conflict: 409,
  too_many_requests: 429,
  unavailable: 503,
  // identity
  mobile_invalid: 422,
  code_wrong: 422,
  code_expired: 422,
  code_used_up: 429,
  // catalogue
  medicine_not_sold_online: 422,
  prescription_needed: 422,
  medicine_unclassified: 422,
  rule_in_the_past: 422,
  rule_in_the_future: 422,
  rule_stands_already: 409,
  rule_stands_not: 409,
  rule_target_unclear: 422,
  not_comparable: 422,
  price_above_limit: 422,
  photo_limit_reached: 409,
  photo_state_forbids: 409,
  // imports
  import_file_too_large: 422,
  import_state_forbids: 409,
  import_columns_missing: 422,
  import_same_file: 409,
  import_nothing_chosen: 422,
  // search
  medicine_name_invalid: 422,
  // delivery
  pin_code_invalid: 422,
  pin_code_not_served: 422,
  // ordering
  idempotency_key_missing: 400,
  idempotency_key_reused: 422,
  cart_empty: 422,
  cart_changed: 409,
  quantity_invalid: 422,
  price_changed: 409,
  out_of_stock: 409,
  order_state_forbids: 409,
  cash_limit_exceeded: 422,
  address_incomplete: 422,
  // stock
  batch_not_issuable: 409,
  batch_unknown: 404,
  batch_expired: 422,
  receipt_repeated: 409,
  receipt_invalid: 422,
  // purchasing
  supplier_exists: 409,
  supplier_invalid: 422,
  supplier_not_licensed: 422,
  purchase_order_invalid: 422,
  bill_total_differs: 422,
  bill_file_unreadable: 422,
  batch_short_dated: 422,
  return_too_much: 409,
  return_invalid: 422,
  claim_window_closed: 422,
  level_invalid: 422,
  pick_incomplete: 422,
  order_on_hold: 409,
  own_count: 409,
  count_decided: 409,
  count_below_promised: 409,
  return_exceeds_sale: 422,
  recall_state_forbids: 409,
  recall_not_reconciled: 409,
  reason_needed: 422,
} as const satisfies Record<string, number>

export type RefusalCode = keyof typeof refusals

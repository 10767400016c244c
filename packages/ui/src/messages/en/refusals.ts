/**
 * What a customer reads when the shop says no, by the API's stable code. The API's own sentence is English and often
 * knows more (which line, how many are left), so English screens prefer it; other languages use these.
 */
export const refusals = {
  malformed_request: 'Some of what was entered could not be read. Check it and try again.',
  sign_in_needed: 'Sign in to go on.',
  not_allowed: 'This is not open to your account.',
  cross_site_request: 'The request came from another page. Open the shop again and retry.',
  not_found: 'This could not be found.',
  conflict: 'It was changed at the same moment. Look at it again and retry.',
  too_many_requests: 'Too many tries. Wait a minute and try again.',
  unavailable: 'The pharmacy cannot answer just now. Try again in a minute.',
  mobile_invalid: 'Enter a 10-digit Indian mobile number.',
  code_wrong: 'The code is not right. Check the six digits.',
  code_expired: 'The code is too old. Ask for a new one.',
  code_used_up: 'The code was tried too often. Ask for a new one.',
  code_not_sent:
    'The code could not be sent. Wait half a minute and ask again, or call the pharmacy.',
  medicine_not_sold_online: 'This medicine is not sold online. Ask at the store.',
  prescription_needed: 'This medicine needs a prescription. Add a photo of it at checkout.',
  online_payment_off: 'Paying online is not switched on here. Choose cash on delivery.',
  medicine_unclassified: 'A pharmacist has not yet released this medicine for sale.',
  medicine_not_delivered_here:
    'One medicine may not be delivered to this PIN code. Take it out of the cart.',
  pin_code_invalid: 'Enter a six-digit PIN code.',
  pin_code_not_served: 'We do not deliver to this PIN code yet.',
  idempotency_key_missing: 'Open the page again and retry.',
  idempotency_key_reused: 'Open the page again and retry.',
  document_not_ready: 'This document is being printed. Try again in a moment.',
  cart_empty: 'The cart is empty. Add a medicine first.',
  cart_changed: 'The cart or a price changed. Check it and order again.',
  return_window_over: 'The time to give this order back is over. Call the pharmacy.',
  return_state_forbids: 'A return of this order is being looked at already.',
  return_exceeds_sale: 'More would come back than this order still has. Choose fewer packs.',
  coupon_unknown: 'There is no such coupon today. Check the letters and try again.',
  coupon_used_up: 'This coupon was just used up. Take it off the cart and order again.',
  quantity_invalid: 'Choose a number of packs the shop allows.',
  price_changed: 'A price changed. Check it and order again.',
  out_of_stock: 'There are not enough packs left. Choose fewer or another brand.',
  upload_session_ended: 'The time for this upload is over. Begin again.',
  upload_limit_reached:
    'That is as many files as one prescription takes. Begin another for the rest.',
  upload_state_forbids: 'This file has moved on already. Look at its state.',
  upload_not_ready:
    'A file is still being checked or was not accepted. Wait a moment or send it again.',
  upload_in_use: 'A pharmacist works with this file, and the law keeps it now.',
  consent_needed: 'Read the text about what is kept, and agree to it.',
  guardian_consent_needed: 'For a child a parent or guardian must agree.',
  holder_under_age: 'An account is held by somebody of 18 or more. Ask a parent to order.',
  birth_month_invalid: 'This month of birth cannot be. Check the year.',
  patient_limit_reached: 'An account keeps at most 12 people. Delete one first.',
  patient_self_exists: 'Your own profile is here already. Change that one.',
  order_state_forbids: 'The order has moved on, so this is no longer possible.',
  cash_limit_exceeded: 'The amount is too high for cash on delivery. Take something out.',
  cash_not_offered: 'This order cannot be paid in cash at the door. Pay it online.',
  payment_unavailable:
    'Paying online is not possible just now, and nothing was taken. Try again in a few minutes, or cancel this order and choose cash on delivery.',
  payment_amount_invalid: 'This amount cannot be paid online. Choose cash, or call the store.',
  credit_changed: 'Your store credit changed since you looked. Check the total and order again.',
  credit_over_limit:
    'This is more store credit than one person may give. Give less, or refund the payment.',
  payment_state_forbids: 'There is nothing to pay for this order any more. Look at its state.',
  payment_not_verified:
    'The payment could not be verified. Do not pay again: the order shows by itself what arrived.',
  payment_not_captured: 'No payment has arrived for this order, so nothing can be given back.',
  refund_exceeds_payment: 'No more can be given back than was paid.',
  medicine_name_invalid: 'Write the name of a medicine, with letters.',
  address_incomplete: 'The address is not complete.',
}

/**
 * Refusals whose sentence says numbers, by code; used when the API sent the values. English screens show the API's own
 * sentence, so these are what other languages are translated from.
 */
export const refusalsWithValues = {
  out_of_stock: {
    gone: (name: string) => `${name} has just gone out of stock. Take it out of the cart.`,
    left: (left: number, name: string) => `Only ${left} of ${name} can be ordered now.`,
  },
  cash_limit_exceeded: (limit: string, total: string) =>
    `Cash on delivery is for orders up to ${limit}, and this one comes to ${total}.`,
  pin_code_not_served: (pin: string) => `We do not take cash at the door in ${pin} yet.`,
  quantity_invalid: (linesMax: number) => `A cart holds ${linesMax} different medicines at most.`,
  too_many_requests: {
    seconds: (seconds: number) => `Wait ${seconds} seconds and try again.`,
    minutes: (minutes: number) => `Try again in ${minutes} minutes.`,
  },
}

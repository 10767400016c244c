import {
  client,
  cancelOrderByStaff,
  createSession,
  collectOrder,
  deliverOrder,
  endSession,
  getBatch,
  getCounterOrder,
  getDocument,
  getMe,
  handOverOrder,
  listBatches,
  listCounterOrders,
  listOrderDocuments,
  packOrder,
  requestSignInCode,
  returnOrder,
  searchMedicines,
} from '@janta/contracts'
import { language } from '#lib/language.svelte.ts'
import { session } from '#lib/session.svelte.ts'

/** Longer than the server's own limit, so that its 503 arrives as words and not as a broken line. */
export const answerWithinMs = 20_000

/** `fetch` as every page of the desk does it: in its language, with a limit, noticing a lost session. */
export const send: typeof fetch = async (address, init) => {
  const headers = new Headers(init?.headers)
  headers.set('accept-language', language.locale)
  const response = await fetch(address, {
    ...init,
    headers,
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(answerWithinMs),
  })
  if (response.status === 401) session.lose()
  return response
}

// Only what the desk asks for: the declaration of an endpoint it never calls would still be downloaded.
const endpoints = {
  cancelOrderByStaff,
  createSession,
  collectOrder,
  deliverOrder,
  endSession,
  getBatch,
  getCounterOrder,
  getDocument,
  getMe,
  handOverOrder,
  listBatches,
  listCounterOrders,
  listOrderDocuments,
  packOrder,
  requestSignInCode,
  returnOrder,
  searchMedicines,
}

/** The API of the same origin. Refusals throw `ApiProblem`; a broken line throws what `fetch` throws. */
export const api = client(endpoints, '', send)

import { client, endPromotion, listPromotions, recordPromotion } from '@janta/contracts'
import { send } from '#lib/api.ts'

// Apart from the desk's own endpoints, so that a page of orders does not download what only offers ask.
const endpoints = { endPromotion, listPromotions, recordPromotion }

/** What the page about offers asks of the API. */
export const promotionsApi = client(endpoints, '', send)

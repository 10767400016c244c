import { client, decideReturn, listReturns } from '@janta/contracts'
import { send } from '#lib/api.ts'

const endpoints = { decideReturn, listReturns }

/** What the page about returns asks of the API. */
export const returnsApi = client(endpoints, '', send)

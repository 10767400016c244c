import { client, getAdvice } from '@janta/contracts'
import { send } from './api.ts'

/** What only the page of the advice asks, so that no other page downloads its declaration. */
export const adviceApi = client({ getAdvice }, '', send)

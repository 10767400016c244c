import { askForPeriod, client, getDayBook, getPeriodFile, listPeriodRuns } from '@janta/contracts'
import { send } from './api.ts'

/** What only the page of the books asks, so that no other page downloads its declarations. */
export const booksApi = client(
  { askForPeriod, getDayBook, getPeriodFile, listPeriodRuns },
  '',
  send,
)

import type { Environment } from '../settings.ts'

/** Where whoever is called reads on: one heading for each alarm and board, of the same name. */
export const runbookOf = (environment: Environment, id: string): string =>
  `https://github.com/${environment.repository}/blob/main/docs/runbooks/alarms.md#${id.toLowerCase()}`

import type { Locale } from '@janta/ui/format.ts'
import type { Api } from '#lib/server/api.ts'

declare global {
  namespace App {
    interface Locals {
      locale: Locale
      /** The API as this customer: their cookies go along, new ones come back. */
      api: Api
    }
    interface Error {
      message: string
      /** What to tell the pharmacy when asking about it. */
      requestId?: string
    }
  }
}

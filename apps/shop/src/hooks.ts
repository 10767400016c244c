import { withoutLocale } from '@janta/ui/i18n.ts'
import type { Reroute } from '@sveltejs/kit/hooks'

/** `/hi/cart` is the page `/cart` in Hindi: one route for both, and the address still says the language. */
export const reroute: Reroute = ({ url }) => withoutLocale(url.pathname)

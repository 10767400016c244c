import { json } from '@sveltejs/kit'
import type { RequestHandler } from './$types'

/** How many packs the cart holds: the one personal thing a public page shows, asked for after it is drawn. */
export const GET: RequestHandler = async ({ locals }) => {
  try {
    const cart = await locals.api.getCart({ query: {} })
    return json({ packs: cart.lines.reduce((packs, line) => packs + line.quantity, 0) })
  } catch {
    // A missing number beside the cart is no reason to trouble anybody.
    return new Response(null, { status: 503 })
  }
}

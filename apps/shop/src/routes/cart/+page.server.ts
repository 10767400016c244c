import { pathIn } from '@janta/ui/i18n.ts'
import { fail, redirect } from '@sveltejs/kit'
import { textOf } from '#lib/server/form-text.ts'
import { packNames } from '#lib/server/pack-names.ts'
import { pageOf, shownOf } from '#lib/server/problems.ts'
import type { Actions, PageServerLoad } from './$types'

const packsMax = 99

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale, api } = locals
  const [{ person }, cart] = await pageOf(url, locale, () =>
    Promise.all([api.getMe({}), api.getCart({ query: { language: locale } })]),
  )
  const packs = packNames(
    cart.lines.map(line => line.medicine.packLabel),
    locale,
  )
  return { cart, packs, isSignedIn: person !== null }
}

export const actions: Actions = {
  /** Adds packs to what the cart already holds of a medicine. */
  add: async ({ locals, request }) => {
    const form = await request.formData()
    const medicineId = textOf(form, 'medicineId')
    const query = { language: locals.locale }
    try {
      const before = await locals.api.getCart({ query })
      const held = before.lines.find(line => line.medicine.id === medicineId)?.quantity ?? 0
      const quantity = Math.min(packsMax, held + packsOf(textOf(form, 'quantity') || '1'))
      const cart = await locals.api.putCartLine({
        params: { medicineId },
        query,
        body: { quantity },
      })
      if (isFromScript(request)) {
        return { packs: cart.lines.reduce((packs, line) => packs + line.quantity, 0) }
      }
    } catch (problem) {
      return fail(422, { message: shownOf(problem, locals.locale).message })
    }
    redirect(303, pathIn(locals.locale, '/cart'))
  },

  /** Sets the packs of one line; zero takes it out. */
  set: async ({ locals, request }) => {
    const form = await request.formData()
    const medicineId = textOf(form, 'medicineId')
    try {
      await locals.api.putCartLine({
        params: { medicineId },
        query: { language: locals.locale },
        body: { quantity: packsOf(textOf(form, 'quantity')) },
      })
    } catch (problem) {
      return fail(422, { message: shownOf(problem, locals.locale).message })
    }
    redirect(303, pathIn(locals.locale, '/cart'))
  },

  /** Puts a coupon on the cart, or takes it off. */
  coupon: async ({ locals, request }) => {
    const code = textOf(await request.formData(), 'code')
    try {
      await locals.api.putCartCoupon({ query: { language: locals.locale }, body: { code } })
    } catch (problem) {
      return fail(422, { couponProblem: shownOf(problem, locals.locale).message, code })
    }
    redirect(303, pathIn(locals.locale, '/cart'))
  },
}

/** What is no whole number asks for one pack too many for the API, which then says what it takes. */
function packsOf(value: string): number {
  const packs = Number(value || Number.NaN)
  return Number.isInteger(packs) && packs >= 0 ? packs : packsMax
}

function isFromScript(request: Request): boolean {
  return request.headers.get('x-sveltekit-action') === 'true'
}

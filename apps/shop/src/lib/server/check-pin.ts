import { fail } from '@sveltejs/kit'
import { textOf } from './form-text.ts'
import { shownOf } from './problems.ts'

/**
 * Where and when a PIN code is delivered to: the `pin` action of the pages that offer it. A form and not a link,
 * so that a PIN code beside a medicine stays out of addresses and logs.
 */
export async function checkPin({ locals, request }: { locals: App.Locals; request: Request }) {
  const pin = textOf(await request.formData(), 'pin')
  try {
    return { pin, delivery: await locals.api.getServiceability({ params: { pin: pin || '-' } }) }
  } catch (problem) {
    return fail(422, { pin, problem: shownOf(problem, locals.locale).message })
  }
}
